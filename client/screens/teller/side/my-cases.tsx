import { Link } from '@tanstack/react-router';
import type { Case } from '../../../../shared/branch/cases/case.state.ts';
import { casesTexts } from '../../../i18n/cases.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { CaseTitle } from '../../../staff/cases/case-words.tsx';
import { Deadline } from '../../../staff/cases/deadline.tsx';
import { commands } from '../../../staff/session.ts';
import { Button } from '../../../ui/button.tsx';
import { useBranch, useTeller } from '../teller-context.ts';

const MOST = 4;

/** What I own or am asked to take; nothing when there is nothing. */
export function MyCases() {
  const { live, branchId, staffId } = useTeller();
  const t = useTexts(casesTexts);
  const cases = useBranch((state) => state.cases);
  const open = useBranch((state) => state.openCases);
  const mine: Case[] = [];
  for (const id of open.values()) {
    const one = cases.get(id);
    // A silent one is nothing for a screen that a customer may see.
    if (one === undefined || one.silent === true || one.state === 'resolved') continue;
    if (one.offeredTo === staffId) mine.unshift(one);
    else if (one.ownerId === staffId) mine.push(one);
  }
  if (mine.length === 0) return null;
  return (
    <section className="teller-panel my-cases">
      <h2>
        <Link to="/cases" search={{ view: 'mine' }}>
          {t('teller.mine')}
        </Link>
        <span>{mine.length}</span>
      </h2>
      <ul className="teller-rows">
        {mine.slice(0, MOST).map((one) => (
          <li key={one.id} data-case={one.id}>
            <span>
              <Link to="/cases/$caseId" params={{ caseId: one.id }} search={{ branch: branchId }}>
                <CaseTitle live={live} one={one} />
              </Link>
              <small>
                <Deadline clock={live.clock} one={one} />
              </small>
            </span>
            {one.offeredTo === staffId ? (
              <Button variant="primary" onPress={() => commands.send(branchId, { type: 'case.accept', caseId: one.id })}>
                {t('do.accept')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
