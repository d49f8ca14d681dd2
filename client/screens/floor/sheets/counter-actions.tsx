import type { Counter, Ticket } from '../../../../shared/branch/branch.state.ts';
import type { FloorCommand, HelpKind } from '../../../../shared/contract/commands.ts';
import type { CounterConfig } from '../../../../shared/contract/config.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { floorTexts } from '../../../i18n/floor.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { useActing, useFloorContext } from '../floor-context.ts';

export type CounterForm = 'open' | 'pause' | 'pauseAfter' | 'close' | 'walkUp' | 'park' | 'transfer' | 'explain';
type ActionKey = 'callNext' | 'recall' | 'start' | 'noShow' | 'complete' | 'finishNext' | 'resume' | 'confirmCount';

const byRight = ['coins', 'counterfeit', 'antiFraud', 'identity', 'greenChannel'] as const;

/** What may be done at a window as it stands; the natural next step first. */
export function CounterActions({
  counter,
  config,
  ticket,
  onForm,
}: {
  counter: Counter;
  config: CounterConfig;
  ticket: Ticket | undefined;
  onForm: (form: CounterForm) => void;
}) {
  const { open } = useFloorContext();
  const { send, may } = useActing();
  const t = useTexts(floorTexts);
  const common = useTexts(commonTexts);
  const counterId = config.id;
  if (!may({ type: 'counter.open', counterId })) return <p className="muted">{t('readOnly')}</p>;

  const direct: readonly (readonly [ActionKey, FloorCommand])[] = {
    closed: [],
    idle: [['callNext', { type: 'ticket.callNext', counterId }]] as const,
    calling: [
      ['start', { type: 'ticket.start', counterId }],
      ['recall', { type: 'ticket.recall', counterId }],
      ['noShow', { type: 'ticket.noShow', counterId, ...(ticket === undefined ? {} : { ticketId: ticket.id }) }],
    ] as const,
    serving:
      ticket === undefined
        ? []
        : ([
            ['complete', { type: 'ticket.complete', counterId, ticketId: ticket.id }],
            ['finishNext', { type: 'ticket.finishAndCallNext', counterId, ticketId: ticket.id }],
          ] as const),
    paused: [['resume', { type: 'counter.resume', counterId }]] as const,
  }[counter.state];
  const forms: Record<Counter['state'], readonly Exclude<CounterForm, 'explain'>[]> = {
    closed: ['open'],
    idle: ['walkUp', 'pause', 'close'],
    calling: ['pauseAfter'],
    serving: ['transfer', 'park', 'pauseAfter'],
    paused: ['close'],
  };
  const asked = counter.help.filter((one) => one.answeredAt === undefined).map((one) => one.kind);
  const callable: readonly HelpKind[] = ['authorisation', 'change', 'cash', 'guard', 'escort'];
  const limited = ticket?.state === 'serving' && ticket.items.at(-1)?.limitMs !== undefined;
  return (
    <div className="stack">
      {asked.map((kind) => (
        <Button key={kind} variant="primary" onPress={() => send({ type: 'help.answer', counterId, kind })}>
          {t('do.answerHelp', { kind: common(`help.${kind}`) })}
        </Button>
      ))}
      {counter.cashCount?.state === 'pending' ? (
        <Button variant="primary" onPress={() => send({ type: 'counter.confirmCashCount', counterId })}>
          {t('do.confirmCount')}
        </Button>
      ) : null}
      <div className="actions">
        {direct.map(([key, command], index) => (
          <Button key={key} variant={index === 0 ? 'primary' : 'plain'} onPress={() => send(command)}>
            {t(`do.${key}`)}
          </Button>
        ))}
        {forms[counter.state].map((form) => (
          <Button key={form} variant={form === 'open' ? 'primary' : 'plain'} onPress={() => onForm(form)}>
            {t(`do.${form}`)}
          </Button>
        ))}
        {ticket === undefined ? null : (
          <Button onPress={() => open({ kind: 'ticket', ticketId: ticket.id })}>{t('do.seeTicket', { number: ticket.number })}</Button>
        )}
      </div>
      {limited && ticket !== undefined ? (
        <>
          <h3>{t('do.extend')}</h3>
          <div className="actions">
            {byRight.map((reason) => (
              <Button key={reason} onPress={() => send({ type: 'limit.extend', ticketId: ticket.id, class: reason })}>
                {common(`extension.${reason}`)}
              </Button>
            ))}
            <Button onPress={() => onForm('explain')}>{common('extension.explained')}…</Button>
          </div>
        </>
      ) : null}
      {counter.state === 'closed' ? null : (
        <>
          <h3>{t('do.callHelp')}</h3>
          <div className="actions">
            {callable
              .filter((kind) => !asked.includes(kind))
              .map((kind) => (
                <Button key={kind} onPress={() => send({ type: 'help.call', counterId, kind })}>
                  {common(`help.${kind}`)}
                </Button>
              ))}
          </div>
        </>
      )}
    </div>
  );
}
