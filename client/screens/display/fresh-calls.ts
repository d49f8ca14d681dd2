/** Which calls are new since the last look: those alone flash and chime. */
import type { PublicCall } from '../../../shared/public/public-floor.ts';

export const callKey = ({ ticketId, at }: PublicCall): string => `${ticketId} ${at}`;

/**
 * New calls among `now` (newest first), given the calls of the last look; none at the first look. After a long
 * disconnection old calls are shown, not sounded: `sinceAt` (hub ms) is the earliest call still worth a chime.
 */
export function freshCalls(before: readonly PublicCall[] | undefined, now: readonly PublicCall[], sinceAt: number): readonly PublicCall[] {
  if (before === undefined) return [];
  const known = new Set(before.map(callKey));
  return now.filter((call) => call.at >= sinceAt && !known.has(callKey(call)));
}
