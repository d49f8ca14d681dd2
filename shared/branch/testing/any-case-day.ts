/** Any commands about cases, by anybody, over any time: what the properties of cases are held against. */
import fc from 'fast-check';
import type { Actor } from '../../aggregate.ts';
import type { BranchCommand } from '../../contract/commands.ts';
import { branch } from '../branch.ts';
import type { StoredBranchEvent } from '../branch.events.ts';
import { levelOf } from '../cases/case.access.ts';
import { isOpenCase } from '../cases/case-book.ts';
import { actor, clock, head, HOUR, manager, MINUTE, office, region, Scenario, teller } from './scenario.ts';

const DAY = 24 * HOUR;
const people = [teller(1), teller(1), teller(2), teller(3), manager, manager, actor('manager2', 'manager'), head, region, office];
const staffId = fc.constantFrom(...people.map(({ id }) => id), 'stranger');
const severity = fc.integer({ min: 1, max: 4 });
const words = fc.constant('话');
/** Which of what is there is meant; resolved when the command is given. */
const pick = fc.nat(1_000);
const named = <T extends BranchCommand['type']>(type: T) => fc.constant(type);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const ahead = fc.integer({ min: -1, max: 40 }).map((days) => days * DAY + HOUR);

type Made = (s: Scenario) => BranchCommand;
/** Mostly one that is open; now and then one that ended. */
const caseAt = ({ state }: Scenario, n: number) => {
  const all = [...state.cases.values()];
  const open = all.filter(isOpenCase);
  const among = n % 5 === 0 || open.length === 0 ? all : open;
  return among[n % Math.max(1, among.length)];
};
const onCase = <T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<Made> =>
  fc.tuple(fields, pick).map(
    ([rest, n]) =>
      (s) =>
        ({ ...rest, caseId: caseAt(s, n)?.id ?? 'none' }) as unknown as BranchCommand,
  );
const simply = (fields: fc.Arbitrary<BranchCommand>): fc.Arbitrary<Made> => fields.map((command) => () => command);

const log = simply(
  fc.record({
    type: named('case.log'),
    kind: fc.constantFrom(
      'complaint' as const,
      'complaint' as const,
      'incident' as const,
      'emergency' as const,
      'suggestion' as const,
      'praise' as const,
    ),
    channel: fc.constantFrom('counter' as const, 'counter' as const, 'leader' as const, 'regulator' as const, 'press' as const),
    severity,
    subject: words,
    solved: fc.constantFrom(undefined, undefined, undefined, true),
    aboutStaffId: fc.constantFrom(undefined, undefined, 'teller1', 'manager', 'head'),
    onSite: fc.constantFrom(undefined, undefined, 3, 25),
    drill: maybe(fc.boolean()),
  }),
);
const plans = ['robbery', 'hostage', 'fraud', 'illness', 'surge', 'nothing'] as const;
const emergency = simply(
  fc.record({
    type: named('case.log'),
    kind: fc.constant('emergency' as const),
    channel: fc.constant('counter' as const),
    severity,
    subject: words,
    playbookId: fc.constantFrom(...plans),
  }),
);
const made: fc.Arbitrary<Made> = fc.oneof(
  { weight: 6, arbitrary: log },
  { weight: 3, arbitrary: emergency },
  {
    weight: 12,
    arbitrary: onCase(
      fc.record({
        type: fc.constantFrom(
          'case.acknowledge' as const,
          'case.accept' as const,
          'case.accept' as const,
          'case.accept' as const,
          'case.withdraw' as const,
          'case.close' as const,
          'case.revealContact' as const,
        ),
      }),
    ),
  },
  { weight: 6, arbitrary: onCase(fc.record({ type: named('case.handOver'), toStaffId: staffId })) },
  {
    weight: 4,
    arbitrary: onCase(
      fc.record({ type: fc.constantFrom('case.decline' as const, 'case.escalate' as const, 'case.setComplex' as const), reason: words }),
    ),
  },
  {
    weight: 4,
    arbitrary: onCase(
      fc.record({
        type: named('case.resolve'),
        outcome: words,
        granted: fc.constantFrom('granted' as const, 'refused' as const),
        refusalReason: maybe(words),
      }),
    ),
  },
  { weight: 4, arbitrary: onCase(fc.record({ type: named('case.reply'), satisfied: fc.boolean() })) },
  { weight: 2, arbitrary: onCase(fc.record({ type: named('case.recuse'), staffId, reason: words })) },
  {
    weight: 2,
    arbitrary: onCase(fc.record({ type: named('case.correct'), severity: maybe(severity), aboutStaffId: maybe(staffId), reason: words })),
  },
  {
    weight: 2,
    arbitrary: onCase(
      fc.record({
        type: named('case.extend'),
        days: fc.integer({ min: 1, max: 31 }),
        approvedBy: staffId,
        customerNotified: fc.constant(true as const),
      }),
    ),
  },
  { weight: 1, arbitrary: onCase(fc.record({ type: named('case.judge'), justified: fc.boolean(), reason: words })) },
  { weight: 1, arbitrary: onCase(fc.record({ type: named('case.note'), text: words })) },
  { weight: 1, arbitrary: onCase(fc.record({ type: named('case.setCause'), cause: fc.constantFrom('waiting', 'fees', 'mood') })) },
  { weight: 1, arbitrary: onCase(fc.record({ type: named('case.countPeople'), onSite: fc.constantFrom(4, 19, 20, 40) })) },
  { weight: 1, arbitrary: onCase(fc.record({ type: named('case.tickStep'), stepId: fc.constantFrom('alarm', 'call', 'windows') })) },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, ahead, staffId, fc.boolean()).map(
      ([n, after, ownerId, video]): Made =>
        (s) => ({
          type: 'case.addTask',
          caseId: caseAt(s, n)?.id ?? 'none',
          kind: video ? 'video' : 'rectification',
          what: '事',
          ownerId,
          dueAt: s.now + after,
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, ahead).map(
      ([n, after]): Made =>
        (s) => ({ type: 'case.promise', caseId: caseAt(s, n)?.id ?? 'none', what: '事', byAt: s.now + after }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick, pick).map(
      ([n, m]): Made =>
        (s) => {
          const one = caseAt(s, n);
          const task = one?.tasks[m % Math.max(1, one.tasks.length)];
          const promise = one?.promises[m % Math.max(1, one.promises.length)];
          return m % 2 === 0
            ? { type: 'case.completeTask', caseId: one?.id ?? 'none', taskId: task?.id ?? 'none' }
            : { type: 'case.keepPromise', caseId: one?.id ?? 'none', promiseId: promise?.id ?? 'none' };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.boolean(), ahead).map(
      ([says, after]): Made =>
        (s) => ({ type: 'shift.end', backAt: says ? s.now + after : undefined }),
    ),
  },
  { weight: 2, arbitrary: simply(fc.record({ type: named('shift.begin') })) },
);

export interface Deed {
  /** Time that passes before it, and whether the hub was awake meanwhile. */
  readonly after: number;
  readonly asleep: boolean;
  /** Started again from what it had stored. */
  readonly restart: boolean;
  /** Absent: whoever it is for, the one it was offered to, of its level, or its owner. */
  readonly by?: Actor;
  /** Of two whom it is for. */
  readonly other: boolean;
  readonly made: Made;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  after: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * MINUTE }) },
    { weight: 3, arbitrary: fc.integer({ min: 3 * MINUTE, max: 2 * HOUR }) },
    { weight: 1, arbitrary: fc.integer({ min: 2 * HOUR, max: 20 * DAY }) },
  ),
  asleep: fc.constantFrom(false, false, false, false, true),
  restart: fc.constantFrom(false, false, false, false, false, false, false, false, false, true),
  by: fc.option(fc.constantFrom(...people), { nil: undefined, freq: 1 }),
  other: fc.boolean(),
  made,
});

/** Whom a command is for. */
function fitFor(s: Scenario, command: BranchCommand, other: boolean): Actor {
  const one = 'caseId' in command ? s.state.cases.get(command.caseId ?? '') : undefined;
  if (one === undefined) return teller(1);
  const ofLevel = people.find(({ role }) => levelOf(role) === one.level)?.id;
  const takes = command.type === 'case.accept' || command.type === 'case.decline';
  const id = takes ? (other ? ofLevel : one.offeredTo) : other ? ofLevel : one.ownerId;
  return people.find((person) => person.id === (id ?? one.ownerId)) ?? head;
}

export const SHORTEST = 60;
export const anyCaseDay = fc.array(deed, { minLength: SHORTEST, maxLength: 100, size: 'max' });

export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Plays the deeds; refusals are fine. `look` sees each decision's events beside the state after it. */
export function playCases(
  deeds: readonly Deed[],
  look: (s: Scenario, events: readonly StoredBranchEvent[]) => void = () => undefined,
): Scenario {
  const s = Scenario.open({}, (config) => ({ ...config, hours: { ...config.hours, roundTheClock: false } }));
  let seen = 0;
  const told = (): void => {
    const events = s.log.slice(seen);
    seen = s.log.length;
    look(s, events);
  };
  told();
  const passTo = (until: number): void => {
    for (let due = branch.due(s.state); due !== undefined && due <= until; due = branch.due(s.state)) {
      s.now = Math.max(s.now, due);
      s.do({ type: 'clock.tick' }, clock);
      told();
    }
    s.now = until;
  };
  for (const { after, asleep, restart, by, other, made: make } of deeds) {
    const until = s.now + after;
    if (!asleep) passTo(until);
    else if (restart) {
      const downFrom = s.now;
      s.now = until;
      s.do({ type: 'hub.resumed', downFrom }, clock);
      told();
    } else s.now = until;
    if (restart) s.state = branch.thaw(plain(branch.freeze(s.state)));
    const before = s.state;
    const command = make(s);
    const decision = branch.decide(s.state, command, s.context(by ?? fitFor(s, command, other)));
    if (decision.ok) {
      s.log.push(...decision.events);
      s.state = decision.state;
    } else if (s.state !== before) throw new Error('a refusal changed the state');
    told();
  }
  return s;
}
