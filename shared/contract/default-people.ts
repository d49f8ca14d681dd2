/** What a branch with a people section goes by where it says nothing itself (domain.md section 4). */
import type { PeopleRules, PostKind, StaffKind } from './people.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const defaultPeopleRules: PeopleRules = {
  lobby: 1,
  lobbyAfterMs: 0,
  lobbyBusy: 2,
  busyDayTypes: ['pension', 'payday', 'market'],
  busyWaiting: 40,
  busyAfterMs: 10 * MINUTE,
  cashTellers: 2,
  nonCashTellers: 1,
  tellersAfterMs: 5 * MINUTE,
  headReachable: true,
  headOnFloorBy: '15:00',
  guards: 1,
  guardAfterMs: 0,
  breakWarnMs: 15 * MINUTE,
  breakAfterWorkMs: 2 * HOUR,
  arrivalGraceMs: 10 * MINUTE,
  breakOverrunMs: 5 * MINUTE,
  breakUntoldMs: 30 * MINUTE,
  placeOpenAheadMs: 24 * HOUR,
  swapAnswerMs: 4 * HOUR,
  certificateWarnDays: 30,
  restMs: 11 * HOUR,
  contract: { dayMs: 8 * HOUR, weekMs: 40 * HOUR },
};

/** The posts of whoever has none named on the roster. The first is where they usually are. */
export const defaultPosts: Readonly<Record<StaffKind, readonly PostKind[]>> = {
  teller: ['counter', 'backOffice'],
  chiefTeller: ['counter', 'backOffice'],
  floatingTeller: ['counter', 'backOffice'],
  manager: ['lobby', 'floor', 'backOffice', 'counter'],
  deputyManager: ['lobby', 'backOffice', 'counter'],
  customerManager: ['backOffice', 'lobby', 'counter'],
  supervisor: ['backOffice', 'counter', 'lobby'],
  head: ['floor', 'backOffice', 'lobby'],
  guard: ['guard'],
};
