/** Actions that need no further question: one key, one command. */
import type { Ticket } from '../../../shared/branch/branch.state.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { extensionOf, helpOf } from './available.ts';
import type { TellerAction } from './key-map.ts';
import type { NextStep } from './next-step.ts';

export function directCommand(action: TellerAction, counterId: string, ticket: Pick<Ticket, 'id'> | undefined): FloorCommand | undefined {
  if (action in helpOf) return { type: 'help.call', counterId, kind: helpOf[action as keyof typeof helpOf] };
  if (ticket === undefined) return undefined;
  if (action in extensionOf) return { type: 'limit.extend', ticketId: ticket.id, class: extensionOf[action as keyof typeof extensionOf] };
  switch (action) {
    case 'recall':
      return { type: 'ticket.recall', counterId };
    case 'noShow':
      return { type: 'ticket.noShow', counterId, ticketId: ticket.id };
    case 'fetch':
      return { type: 'ticket.fetch', ticketId: ticket.id };
    default:
      return undefined;
  }
}

/** The commands of a next step, one after the other while each is accepted. */
export function commandsOf(step: NextStep, counterId: string): readonly FloorCommand[] {
  switch (step.kind) {
    case 'open':
      return [{ type: 'counter.open', counterId }];
    case 'callNext':
      return [{ type: 'ticket.callNext', counterId }];
    case 'start':
      return [{ type: 'ticket.start', counterId }];
    case 'resume':
      return [{ type: 'counter.resume', counterId }];
    case 'finish':
      return [{ type: 'ticket.finishAndCallNext', counterId, ticketId: step.ticketId }];
    case 'noShow': {
      const noShow = { type: 'ticket.noShow', counterId, ticketId: step.ticketId } as const;
      return step.thenCall ? [noShow, { type: 'ticket.callNext', counterId }] : [noShow];
    }
  }
}
