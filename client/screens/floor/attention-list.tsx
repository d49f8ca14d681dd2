import { Link, useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import type { Attention } from '../../../shared/branch/branch.state.ts';
import { adviceTexts } from '../../i18n/advice.ts';
import { commonTexts } from '../../i18n/common.ts';
import { floorTexts } from '../../i18n/floor.ts';
import { useLanguage } from '../../i18n/language.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { namedBy, sentence } from '../../staff/advice/advice-words.ts';
import { CaseTitle } from '../../staff/cases/case-words.tsx';
import { openCaseSheet } from '../../staff/cases/open-sheet.ts';
import { windows } from '../../staff/figures.ts';
import { casesOf, machineConfigOf, worstFault } from '../../staff/machines/machine-looks.ts';
import { Button } from '../../ui/button.tsx';
import { Since } from '../../ui/clock.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { isOfPeople, MOST_AT_ONCE, mostUrgent, primaryAction, tone } from './attention.rules.ts';
import { useActing, useBranchState, useFloorContext } from './floor-context.ts';
import { serviceName } from './names-on-board.ts';

const Item = memo(function Item({ item }: { item: Attention }) {
  const { live, branchId, nameOf, open, session } = useFloorContext();
  const navigate = useNavigate();
  const { send, may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const machineWords = useTexts(machineTexts);
  const language = useLanguage();
  const number = useBranchState((state) => state.config?.counters.find((counter) => counter.id === item.counterId)?.number);
  const ticket = useBranchState((state) => (item.ticketId === undefined ? undefined : state.tickets.get(item.ticketId)));
  const service = useBranchState((state) => (ticket === undefined ? undefined : serviceName(state, ticket.serviceId, language)));
  const config = useBranchState((state) => state.config);
  const counters = useBranchState((state) => state.counters);
  const machine = useBranchState((state) =>
    item.machineId === undefined ? undefined : (machineConfigOf(state, item.machineId)?.name[language] ?? item.machineId),
  );
  const fault = useBranchState((state) => (item.machineId === undefined ? undefined : worstFault(state.machines[item.machineId])?.code));
  const one = useBranchState((state) => (item.caseId === undefined ? undefined : state.cases.get(item.caseId)));
  const adviceWords = useTexts(adviceTexts);
  const late = useBranchState((state) => {
    const advice = item.adviceId === undefined ? undefined : state.advice[item.adviceId];
    return advice === undefined ? '' : sentence(adviceWords, advice, namedBy(state, advice, nameOf, language));
  });
  const action = primaryAction(item, { config, counters }, one?.offeredTo === session.staffId);
  const title = t(`attention.${item.kind}`, {
    n: number ?? '',
    kind: item.help === undefined ? '' : common(`help.${item.help}`),
    number: ticket?.number ?? one?.no ?? '',
    machine: machine ?? '',
    advice: late,
    zone: item.zone === undefined ? '' : t(`zone.${item.zone}`),
    fault: fault === undefined ? machineWords('state.outOfService') : machineWords(`fault.${fault}`),
  });
  const minder = useBranchState((state) => (item.machineId === undefined ? undefined : casesOf(state, item.machineId)[0]?.ownerId));
  // What is offered stays with its owner until somebody takes it.
  const whose =
    item.kind === 'caseOffered' && one !== undefined
      ? [one.ownerId, one.offeredTo]
          .map(nameOf)
          .filter((name) => name !== '')
          .join(' → ')
      : nameOf(item.staffId ?? minder);
  const owner = [whose, ticket === undefined ? '' : `${ticket.number} ${service ?? ''}`].filter((part) => part !== '').join(' · ');
  const press = (): unknown => {
    if (action === undefined) return undefined;
    switch (action.do) {
      case 'send':
        return send(action.command);
      case 'counter':
        return open({ kind: 'counter', counterId: action.counterId });
      case 'ticket':
        return open({ kind: 'ticket', ticketId: action.ticketId });
      case 'machine':
        return open({ kind: 'machine', machineId: action.machineId });
      case 'steps':
        return openCaseSheet({ kind: 'steps', branchId, caseId: action.caseId });
      case 'case':
        return navigate({ to: '/cases/$caseId', params: { caseId: action.caseId }, search: { branch: branchId } });
      case 'cover':
        return open({ kind: 'cover', need: action.need });
      case 'relief':
        return open({ kind: 'relief', staffId: action.staffId });
      case 'away':
        return open({ kind: 'away', staffId: action.staffId, date: action.date });
      case 'people':
        return navigate({ to: '/people', search: { branch: branchId, ...action.search } });
      case 'advice':
        return open({ kind: 'advice', adviceId: action.adviceId });
      case 'ledger':
        return open({ kind: 'ledger' });
    }
  };
  const shown = action !== undefined && (action.do !== 'send' || may(action.command));
  return (
    <li className={`attention s-${tone(item)}`} data-kind={item.kind}>
      <p className="attention-title">
        <StateShape state={tone(item)} size={18} />
        <strong>
          {title}
          {one === undefined ? null : (
            <span className="attention-case">
              <CaseTitle live={live} one={one} />
            </span>
          )}
        </strong>
        <Since clock={live.clock} since={item.since} />
      </p>
      {isOfPeople(item) ? (
        <Link
          className="attention-owner attention-people"
          to="/people"
          search={{ view: 'now', branch: branchId, ...(item.staffId === undefined ? {} : { person: item.staffId }) }}
        >
          {owner === '' ? t('attention.do.people') : owner}
        </Link>
      ) : (
        <p className="muted attention-owner">{owner}</p>
      )}
      {shown ? (
        <Button variant={action.do === 'send' ? 'primary' : 'plain'} onPress={press}>
          {t(`attention.do.${action.label}`, { n: 'counterNumber' in action ? (action.counterNumber ?? '') : '' })}
        </Button>
      ) : null}
    </li>
  );
});

/** What needs a person now: five at most, each with its clock, its owner and one thing to do. */
export const AttentionList = memo(function AttentionList() {
  const t = useTexts(floorTexts);
  const attention = useBranchState((state) => state.attention);
  const items = mostUrgent(attention);
  const allClosed = useBranchState((state) => windows(state).open === 0);
  return (
    <section className="panel attention-panel dimmable" aria-labelledby="attention-title">
      <h2 id="attention-title">
        <span>{t('attention.title')}</span>
        <span>{items.length}</span>
      </h2>
      {items.length === 0 ? (
        <div className="all-well">
          {allClosed ? null : <StateShape state="serving" size={26} />}
          <p>{allClosed ? t('attention.allClosed') : t('attention.none')}</p>
          <p className="muted">{allClosed ? t('attention.allClosedHint') : t('attention.noneHint')}</p>
        </div>
      ) : (
        <ul>
          {items.slice(0, MOST_AT_ONCE).map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ul>
      )}
      {items.length > MOST_AT_ONCE ? (
        <p className="muted attention-more">{t('attention.more', { n: items.length - MOST_AT_ONCE })}</p>
      ) : null}
    </section>
  );
});
