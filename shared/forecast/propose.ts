/**
 * What could be done now, with whom, and what it would bring. When is the window policy's to say, line by line (window-policy.ts, the rule
 * that is measured and tuned); which window and which person is chosen here, and the effect is computed by playing the branch forward:
 *   open a window   when the policy opens, and the look ahead shows that this one truly shortens the wait;
 *   close a window  when the policy closes, and the look ahead shows that it is not wanted back;
 *   give a break    when the people rules say whose turn it is and the line can do without that window, or the time is over;
 *   send a substitute  when the lobby is nobody's, whatever the line;
 *   send customers  to a machine that is free, when the wait passes what the policy opens above, and they are done sooner there.
 */
import { adviceConfig } from '../branch/advice/advice-book.ts';
import type { AdviceDraft, AdviceReason, Proposal } from '../branch/advice/advice.state.ts';
import { hindrance, mayBeSent, MOST_TICKETS } from '../branch/advice/hindrance.ts';
import { divertible } from '../branch/machines/offer.ts';
import { breakQueue } from '../branch/people/breaks.ts';
import { plannedShiftOf, postsOf, staffOn } from '../branch/people/roster.ts';
import { substitutesFor } from '../branch/people/substitutes.ts';
import { upcoming } from '../branch/queue/order.ts';
import type { RosterEntry } from '../contract/config.ts';
import { concerned, decided, draft, gain, isAdvised, judge, LEAST_CONFIDENCE, minutes, type ProposeView } from './judge.ts';
import { closing, opening } from './propose-windows.ts';

/** Less is no ground to trouble a person. */
const LEAST_GAIN_OF_SENDING = 0.05;
/** So far down the line somebody is looked for who could use a machine. */
const LOOKED_AT = 40;
const LEAST_SAVED_MS = 3 * 60_000;
/** Who is called sooner than somebody can take the advice up and walk over to them is not worth naming. */
const TAKEN_UP_WITHIN_MS = 2 * 60_000;

function* sending(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now, policy, outlook } = view;
  // One thing at a time: those sent a while ago are still on their way.
  if (Object.values(state.advice).some(({ kind }) => kind === 'divertToMachine')) return undefined;
  yield* outlook.prepare({ do: 'nothing' });
  const calledInMs = outlook.calledInMs();
  const lasting = new Set(outlook.waiting.flatMap(({ id }, place) => ((calledInMs[place] ?? 0) > TAKEN_UP_WITHIN_MS ? id : [])));
  const byMachine = new Map<string, { readonly id: string; readonly savesMs: number }[]>();
  for (const { ticket } of upcoming(state, now, { limit: LOOKED_AT })) {
    const offer = lasting.has(ticket.id) ? divertible(state, ticket, now) : undefined;
    if (offer === undefined || offer.savesMs < LEAST_SAVED_MS || !mayBeSent(state, ticket, offer.machineId, now)) continue;
    byMachine.set(offer.machineId, [...(byMachine.get(offer.machineId) ?? []), { id: ticket.id, savesMs: offer.savesMs }]);
  }
  const [machineId, all = []] = [...byMachine].sort((x, y) => y[1].length - x[1].length)[0] ?? [];
  if (machineId === undefined) return undefined;
  // Who would wait longest yet gains most from a machine, and is still there when somebody comes to ask.
  const most = all.toSorted((x, y) => y.savesMs - x.savesMs).slice(0, MOST_TICKETS);
  const savedMs = most[0]?.savesMs ?? 0;
  const proposal: Proposal = { kind: 'divertToMachine', machineId, ticketIds: most.map(({ id }) => id), doAt: now };
  const { openAboveMs, toOpenMs } = policy.thresholds;
  const { waitMs } = decided(view, concerned(view, proposal)).expected;
  if (waitMs <= openAboveMs) return undefined;
  const judged = yield* judge(view, proposal);
  if (gain(judged) < LEAST_GAIN_OF_SENDING || judged.confidence < LEAST_CONFIDENCE || hindrance(state, proposal, now) !== undefined)
    return undefined;
  return draft(view, proposal, judged, [
    { code: 'machineFree', params: { machineId, people: proposal.ticketIds?.length ?? 0, savesMinutes: minutes(savedMs) } },
    { code: 'waitSoon', params: { minutes: minutes(waitMs), within: minutes(toOpenMs), limit: minutes(openAboveMs) } },
  ]);
}

/** Who is responsible for the lobby is away: of those planned to stand in the best who can come now, else of all who may. */
function* substituting(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now } = view;
  const gap = state.people.gaps.lobby;
  const date = state.day?.date;
  if (gap === undefined || date === undefined) return undefined;
  const awayId = gap.staffId ?? '';
  const shift = plannedShiftOf(state, date, awayId);
  const planned = shift === undefined ? [] : substitutesFor(state, date, shift).map(({ staffId }) => staffId);
  // Who is here for certain comes before who is only taken to be, then whose post the lobby is.
  const rank = (entry: RosterEntry): number =>
    Number(Object.hasOwn(state.people.presence, entry.staffId)) * 2 + Number(postsOf(entry)[0] === 'lobby');
  const others = staffOn(state, date).toSorted((a, b) => rank(b) - rank(a));
  const proposals = [...planned, ...others.map(({ staffId }) => staffId)]
    .filter((staffId) => staffId !== awayId)
    .map((staffId): Proposal => ({ kind: 'sendSubstitute', staffId, doAt: now }));
  const proposal = proposals.find((one) => hindrance(state, one, now) === undefined);
  if (proposal === undefined) return undefined;
  const { before, after } = yield* judge(view, proposal);
  const reasons: AdviceReason[] = [
    { code: 'lobbyUnattended', params: { minutes: minutes(now - gap.since), ...(gap.staffId !== undefined && { staffId: gap.staffId }) } },
    { code: 'mayTakeLobby', params: { staffId: proposal.staffId ?? '' } },
  ];
  // The law of the lobby, not the line: waits are foretold as they come either way.
  return draft(view, proposal, { before, after, confidence: 1 }, reasons);
}

/** Who goes on a break next, when the line allows it or the time is over. */
function* resting(view: ProposeView): Generator<void, AdviceDraft | undefined> {
  const { state, now } = view;
  // One at a time: each is judged as if nobody else went.
  if (isAdvised(state, 'giveBreak')) return undefined;
  const taken = new Set(Object.values(state.advice).flatMap((one) => (one.state === 'carriedOut' ? [] : (one.staffId ?? []))));
  for (const { staffId, dueAt, overdue, holds } of breakQueue(state, now)) {
    if (taken.has(staffId) || (!overdue && (holds.length > 0 || isAdvised(state, 'openWindow')))) continue;
    const counterId = state.people.presence[staffId]?.post?.counterId;
    const proposal: Proposal = { kind: 'giveBreak', staffId, ...(counterId !== undefined && { counterId }), doAt: now };
    if (hindrance(state, proposal, now) !== undefined) continue;
    const judged = yield* judge(view, proposal);
    if (!overdue && judged.confidence < LEAST_CONFIDENCE) continue;
    const code = overdue ? 'breakDue' : 'breakNow';
    return draft(view, proposal, judged, [{ code, params: { staffId, minutes: Math.round(Math.abs(dueAt - now) / 60_000) } }]);
  }
  return undefined;
}

/** What to advise now, the weightiest first; stops between simulations, so that whoever runs it can let others go first. */
export function* propose(view: ProposeView): Generator<void, readonly AdviceDraft[]> {
  const { kinds } = adviceConfig(view.state);
  const found: AdviceDraft[] = [];
  for (const [kind, find] of [
    ['sendSubstitute', substituting],
    ['openWindow', opening],
    ['divertToMachine', sending],
    ['giveBreak', resting],
    ['closeWindow', closing],
  ] as const) {
    // Opening one window and closing another at once would be flapping by two.
    if (!kinds.includes(kind) || (kind === 'closeWindow' && found.some((one) => one.kind !== 'sendSubstitute'))) continue;
    const one = yield* find(view);
    if (one !== undefined) found.push(one);
  }
  return found;
}
