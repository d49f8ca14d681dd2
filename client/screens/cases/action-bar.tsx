import { useState } from 'react';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { useNames } from '../../staff/names.ts';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { CaseView } from './case-data.ts';
import { type CaseAction, caseActions, type WhyNot } from './case-rights.ts';

/** Nearest at hand while allowed; the rest, and what is not allowed with the reason why, is behind "more". */
const common: readonly CaseAction[] = ['accept', 'decline', 'acknowledge', 'resolve', 'reply', 'close', 'handOver', 'escalate', 'note'];

/** Needs no further question. */
function direct(action: CaseAction, caseId: string): FloorCommand | undefined {
  if (action === 'accept') return { type: 'case.accept', caseId };
  if (action === 'acknowledge') return { type: 'case.acknowledge', caseId };
  return undefined;
}

export function ActionBar({
  live,
  view,
  rights,
  next,
  onChoose,
}: {
  live: StaffLive;
  view: CaseView;
  rights: ReadonlyMap<CaseAction, WhyNot | undefined>;
  next: CaseAction | undefined;
  onChoose: (action: CaseAction) => void;
}) {
  const t = useTexts(casesTexts);
  const nameOf = useNames(live.branchId);
  const [more, setMore] = useState(false);
  const press = (action: CaseAction): unknown => {
    const command = direct(action, view.id);
    if (command !== undefined) return commands.send(live.branchId, command);
    setMore(false);
    return onChoose(action);
  };
  const may = (action: CaseAction): boolean => rights.has(action) && rights.get(action) === undefined;
  const shown = [...common].sort((a, b) => Number(b === next) - Number(a === next)).filter(may);
  const rest = caseActions.filter((action) => rights.has(action) && !shown.includes(action));
  if (rights.size === 0) return null;
  const why = (action: CaseAction): string | undefined => {
    const reason = rights.get(action);
    return reason === undefined ? undefined : t(`why.${reason}`, { name: nameOf(view.ownerId) });
  };
  const button = (action: CaseAction) => {
    const reason = why(action);
    return (
      <Button
        key={action}
        data-action={action}
        variant={action === next ? 'primary' : 'plain'}
        disabled={reason !== undefined}
        onPress={() => press(action)}
      >
        {reason === undefined ? (
          t(`do.${action}`)
        ) : (
          <span className="two-lines">
            {t(`do.${action}`)}
            <small>{reason}</small>
          </span>
        )}
      </Button>
    );
  };
  return (
    <div className="case-actions" role="group" aria-label={t('do.more')}>
      {shown.map(button)}
      {rest.length === 0 ? null : (
        <Button data-action="more" onPress={() => setMore(true)} aria-haspopup="dialog">
          {t('do.more')}…
        </Button>
      )}
      {more ? (
        <Sheet title={view.no} onClose={() => setMore(false)}>
          <div className="actions">{rest.map(button)}</div>
        </Sheet>
      ) : null}
    </div>
  );
}
