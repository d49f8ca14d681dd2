import { memo } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { useTexts } from '../../i18n/texts.ts';
import { openCaseSheet } from '../../staff/cases/open-sheet.ts';
import { Button } from '../../ui/button.tsx';
import { Since } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useActing, useBranchState, useFloorContext } from './floor-context.ts';

/** Always one tap away. */
export const BottomBar = memo(function BottomBar() {
  const { live, branchId, open } = useFloorContext();
  const { may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const cases = useTexts(casesTexts);
  const phase = useBranchState((state) => state.day?.phase ?? 'closed');
  const dayType = useBranchState((state) => state.day?.dayType ?? 'ordinary');
  const outages = useBranchState((state) => state.outages);
  const first = Object.values(outages).sort((a, b) => a.since - b.since)[0];
  const acts = may({ type: 'ticket.issue', serviceId: 'any' });
  const logs = may({ type: 'case.log', kind: 'complaint', channel: 'counter', severity: 3, subject: '' });
  return (
    <footer className="bar">
      {acts ? (
        <Button variant="primary" className="bar-main" hotkey="N" onPress={() => open({ kind: 'issue' })}>
          {t('bar.issue')}
        </Button>
      ) : null}
      {logs ? (
        <>
          <Button hotkey="C" className="bar-case" onPress={() => openCaseSheet({ kind: 'log', branchId })}>
            {cases('button.log')}
          </Button>
          <Button hotkey="E" className="bar-emergency" onPress={() => openCaseSheet({ kind: 'emergency', branchId })}>
            {cases('button.emergency')}
          </Button>
        </>
      ) : null}
      <Button hotkey="F" onPress={() => open({ kind: 'search' })}>
        {t('bar.search')}
      </Button>
      <Button hotkey="D" className="bar-day" onPress={() => open({ kind: 'day' })}>
        <span className="two-lines">
          {common(`phase.${phase}`)}
          <small>{common(`dayType.${dayType}`)}</small>
        </span>
      </Button>
      <Button hotkey="O" className={first === undefined ? '' : 'bar-outage s-over'} onPress={() => open({ kind: 'outage' })}>
        {first === undefined ? (
          t('bar.outage')
        ) : (
          <>
            <StateShape state="over" />
            {t('bar.outageOn')} <Since clock={live.clock} since={first.since} />
          </>
        )}
      </Button>
      <Button hotkey="L" onPress={() => open({ kind: 'ledger' })}>
        {t('bar.ledger')}
      </Button>
      <Button variant="quiet" className="bar-help" aria-label={t('shortcuts.title')} onPress={() => open({ kind: 'shortcuts' })}>
        <kbd>?</kbd>
      </Button>
    </footer>
  );
});
