/** The branch: a pure function of its event log. */
import type { Aggregate } from '../aggregate.ts';
import type { BranchCommand } from '../contract/commands.ts';
import type { BranchEvent } from './branch.events.ts';
import type { BranchState } from './branch.state.ts';
import { OrderedMap, byString } from '../ordered-map.ts';
import { noMemory } from './advice/advice-book.ts';
import { byMark } from './cases/case-book.ts';
import { emptyTally, NO_VIP_YET } from './day/day.evolve.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { freeze, thaw } from './freeze.ts';
import { nobodyYet } from './people/people.state.ts';
import { emptyLane } from './queue/lanes.ts';
import { due } from './time.ts';

const initial = (branchId: string): BranchState => ({
  branchId,
  seq: 0,
  numbers: {},
  issuedNo: 0,
  tickets: OrderedMap.empty(byString),
  lanes: {},
  waiting: 0,
  waitingElderly: 0,
  diverted: emptyLane,
  counters: {},
  calls: 0,
  callsSinceVip: NO_VIP_YET,
  pace: {},
  tally: emptyTally,
  tallyByStaff: {},
  outages: {},
  attention: {},
  overruns: OrderedMap.empty(byString),
  openAppeals: [],
  retraining: {},
  machines: {},
  replenishments: {},
  cards: {},
  cases: OrderedMap.empty(byString),
  openCases: OrderedMap.empty(byString),
  notableCases: OrderedMap.empty(byString),
  caseMarks: OrderedMap.empty(byMark),
  faultCases: OrderedMap.empty(byString),
  settling: OrderedMap.empty(byMark),
  caseCounters: { date: '', count: 0 },
  causes: {},
  offShift: {},
  people: nobodyYet,
  advice: {},
  adviceMemory: noMemory,
});

export const branch: Aggregate<BranchState, BranchCommand, BranchEvent> = {
  version: 11,
  initial,
  decide,
  evolve,
  due,
  seqOf: (state) => state.seq,
  freeze,
  thaw: (frozen) => thaw(frozen, initial),
  eventVersions: {},
  upcast: (_type, _version, payload) => payload,
};
