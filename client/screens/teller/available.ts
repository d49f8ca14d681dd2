/** Which actions make sense now. The hub decides; this only spares a teller a key that would be refused. */
import type { Counter, Ticket } from '../../../shared/branch/branch.state.ts';
import type { HelpKind } from '../../../shared/contract/commands.ts';
import type { ExtensionClass } from '../../../shared/contract/config.ts';
import type { TellerAction } from './key-map.ts';

export const extensionOf = {
  extendCoins: 'coins',
  extendCounterfeit: 'counterfeit',
  extendAntiFraud: 'antiFraud',
  extendIdentity: 'identity',
  extendGreenChannel: 'greenChannel',
} as const satisfies Partial<Record<TellerAction, ExtensionClass>>;

export const helpOf = {
  helpAuthorisation: 'authorisation',
  helpChange: 'change',
  helpCash: 'cash',
  helpGuard: 'guard',
  helpEscort: 'escort',
} as const satisfies Partial<Record<TellerAction, HelpKind>>;

type CounterView = Pick<Counter, 'state' | 'pauseAfter' | 'help'>;
type TicketView = Pick<Ticket, 'needsFetching' | 'items'>;

const waitsFor = (counter: CounterView, kind: HelpKind): boolean =>
  counter.help.some((help) => help.kind === kind && help.answeredAt === undefined);

/** What may be done at this counter with the ticket that stands there. */
export function available(counter: CounterView, ticket: TicketView | undefined): ReadonlySet<TellerAction> {
  const { state } = counter;
  const actions = new Set<TellerAction>(['next', 'keys', 'complaint', 'emergency']);
  const add = (...more: TellerAction[]): void => more.forEach((action) => actions.add(action));
  if (state === 'closed') return actions;
  add('bringBack');
  for (const [action, kind] of Object.entries(helpOf) as [keyof typeof helpOf, HelpKind][]) {
    if (!waitsFor(counter, kind)) add(action);
  }
  if (state === 'idle') add('pause', 'walkUp', 'close');
  if (state === 'paused') add('close');
  if (ticket === undefined || (state !== 'calling' && state !== 'serving')) return actions;
  add('park', 'transfer', 'segment');
  if (counter.pauseAfter === undefined) add('pauseAfter');
  if (state === 'calling') {
    add('startWith', 'recall');
    if (ticket.needsFetching !== true) add('noShow', 'fetch');
    return actions;
  }
  add('addItem', 'figures');
  const item = ticket.items.at(-1);
  if (item?.limitMs === undefined) return actions;
  add('extendExplained');
  for (const [action, kind] of Object.entries(extensionOf) as [keyof typeof extensionOf, ExtensionClass][]) {
    if (!item.extensions.some((extension) => extension.class === kind)) add(action);
  }
  return actions;
}
