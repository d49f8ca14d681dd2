/**
 * What must hold for cases whatever is done, by whomever, however time passes. `npm run nightly` plays 100,000 commands for each property.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { branch } from '../branch.ts';
import { anyCaseDay, plain, playCases, SHORTEST } from '../testing/any-case-day.ts';
import { clock, type Scenario } from '../testing/scenario.ts';
import { byMark, isOpenCase, nextMark } from './case-book.ts';

const runs = { numRuns: Math.ceil(Number(process.env['CASE_COMMANDS'] ?? 2_000) / SHORTEST) };
const patience = 30 * 60_000;

/** What is derived from the cases, found by looking at all of them. */
function expectDerived({ state }: Scenario): void {
  const all = [...state.cases.values()];
  const sorted = (ids: readonly string[]) => ids.toSorted((a, b) => (a < b ? -1 : 1));
  expect([...state.openCases.values()]).toEqual(sorted(all.filter(isOpenCase).map(({ id }) => id)));
  const marks = all.flatMap((one) => {
    const mark = nextMark(one);
    return mark === undefined ? [] : [{ at: mark.at, caseId: one.id }];
  });
  expect([...state.caseMarks.values()]).toEqual(marks.toSorted(byMark).map(({ caseId }) => caseId));
  expect(marks.reduce((left, key) => left.delete(key), state.caseMarks).size).toBe(0);
  const notable = all.filter(
    (one) => one.silent !== true && isOpenCase(one) && (one.kind === 'emergency' || one.overdue === true || one.offeredTo !== undefined),
  );
  expect([...state.notableCases.values()]).toEqual(sorted(notable.map(({ id }) => id)));
}

describe('whatever is done', () => {
  test(
    'a case has exactly one owner at every instant: from its first word, and another only by accepting it',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const owners = new Map<string, string>();
          playCases(deeds, ({ state }, events) => {
            for (const event of events) {
              if (event.type === 'case.logged') {
                expect(owners.has(event.caseId)).toBe(false);
                expect(event.case.ownerId).toMatch(/^\w/);
                owners.set(event.caseId, event.case.ownerId);
              }
              if (event.type === 'case.accepted') {
                expect(event.from).toBe(owners.get(event.caseId));
                expect(event.ownerId).toBe(event.actor);
                owners.set(event.caseId, event.ownerId);
              }
            }
            const astray = [...state.cases.values()].filter(
              (one) => one.ownerId !== owners.get(one.id) || !one.people.includes(one.ownerId) || one.offeredTo === one.ownerId,
            );
            expect(astray).toEqual([]);
          });
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'steps of a case are 1, 2, 3 … and none comes twice; each deadline falls once, not before its time, and in the order of the deadlines',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const steps = new Map<string, number>();
          const fallen = new Set<string>();
          playCases(deeds, (_s, events) => {
            let last = 0;
            for (const event of events) {
              if (event.type === 'case.escalated') {
                expect(event.step).toBe((steps.get(event.caseId) ?? 0) + 1);
                steps.set(event.caseId, event.step);
              }
              const deadline = event.type === 'case.reminded' || event.type === 'case.escalated' ? event.dueAt : undefined;
              if (deadline === undefined) continue;
              expect(deadline).toBeLessThanOrEqual(event.at);
              expect(deadline).toBeGreaterThanOrEqual(last);
              last = deadline;
              const what =
                event.type === 'case.reminded'
                  ? [event.what, event.taskId, event.promiseId]
                  : event.type === 'case.escalated'
                    ? [event.why]
                    : [];
              const name = JSON.stringify([
                event.type === 'case.reminded' || event.type === 'case.escalated' ? event.caseId : '',
                deadline,
                ...what,
              ]);
              expect(fallen.has(name), name).toBe(false);
              fallen.add(name);
            }
          });
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'the log folds to the live state, also where the hub was started again from a snapshot in between',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const s = playCases(deeds);
          const folded = s.log.reduce(branch.evolve, branch.initial('hq'));
          expect(plain(branch.freeze(folded))).toEqual(plain(branch.freeze(s.state)));
          expect(branch.due(folded)).toBe(branch.due(s.state));
          expect(s.log.map(({ seq }) => seq)).toEqual(s.log.map((_, index) => index + 1));
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'what is derived equals a look at every case, at every moment',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          let looked: Scenario['state']['cases'] | undefined;
          const s = playCases(deeds, (now) => {
            if (now.state.cases !== looked) expectDerived(now);
            looked = now.state.cases;
          });
          s.state = branch.thaw(plain(branch.freeze(s.state)));
          expectDerived(s);
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'after a tick what is due lies ahead, and no deadline of a case has been left behind',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const s = playCases(deeds);
          s.do({ type: 'clock.tick' }, clock);
          expect(branch.due(s.state)).toBeGreaterThan(s.now);
          for (const one of s.state.cases.values()) expect(nextMark(one)?.at ?? Number.POSITIVE_INFINITY).toBeGreaterThan(s.now);
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'a silent emergency is never on the board, and never waits below the head once it has gone up',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const silent = new Set<string>();
          playCases(deeds, ({ state }, events) => {
            for (const event of events) {
              if (event.type === 'case.logged' && event.case.silent === true) silent.add(event.caseId);
              if (event.type === 'case.escalated' && silent.has(event.caseId)) expect(event.level).toBeGreaterThanOrEqual(3);
              if (event.type === 'attention.raised') expect(silent.has(event.item.caseId ?? '')).toBe(false);
            }
            expect(Object.values(state.attention).filter(({ caseId }) => silent.has(caseId ?? ''))).toEqual([]);
          });
        }),
        runs,
      );
    },
    patience,
  );

  test(
    'what has ended has no level’s clock, what is resolved was decided by its owner, and nobody recused decided anything',
    () => {
      fc.assert(
        fc.property(anyCaseDay, (deeds) => {
          const deciding = new Set([
            'case.accepted',
            'case.acknowledged',
            'case.resolved',
            'case.judged',
            'case.extended',
            'case.closed',
            'case.withdrawn',
          ]);
          const recused = new Map<string, readonly string[]>();
          playCases(deeds, ({ state }, events) => {
            for (const event of events) {
              if (!('caseId' in event) || event.caseId === undefined) continue;
              const out = recused.get(event.caseId) ?? [];
              if (deciding.has(event.type)) expect(out, event.type).not.toContain(event.actor);
              if (event.type === 'case.logged') recused.set(event.caseId, event.case.recused);
              if (event.type === 'case.recused') recused.set(event.caseId, [...out, event.staffId]);
              if (event.type === 'case.corrected' && event.aboutStaffId !== undefined)
                recused.set(event.caseId, [...out, event.aboutStaffId]);
            }
            const astray = [...state.cases.values()].filter(
              (one) =>
                one.state !== 'logged' &&
                one.state !== 'acknowledged' &&
                (one.ackDueAt !== undefined ||
                  one.actDueAt !== undefined ||
                  one.offeredTo !== undefined ||
                  (one.resolvedBy !== undefined && one.ownerId !== one.resolvedBy)),
            );
            expect(astray).toEqual([]);
          });
        }),
        runs,
      );
    },
    patience,
  );
});
