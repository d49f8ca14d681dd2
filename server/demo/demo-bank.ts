/** The demo bank as data (contract.md, "Demo bank"). Invented people; any likeness is chance. */
import type { DeviceKind, StaffRole } from '../../shared/bank/bank.commands.ts';
import type { MachineConfig, MachineKind } from '../../shared/contract/machines.ts';
import type { BranchConfig, CounterConfig, RosterEntry } from '../../shared/contract/config.ts';
import { defaultHours, defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';

export const DEMO_PASSWORD = 'demo-pass-1';
/** Of everybody at the shared terminal, but for one guard who has not set theirs yet. */
export const DEMO_PIN = '258046';
export const WITHOUT_PIN = 'guard2';

export interface DemoBranch {
  readonly id: string;
  readonly config: BranchConfig;
}

export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly branches: readonly string[];
}

export interface DemoDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly branchId: string;
  readonly token: string;
}

const all = defaultServices.map(({ id }) => id);
const nonCash = ['account-opening', 'wealth', 'loss-report', 'cheque-book'];
/** Who comes to a demo branch, for what (in hundredths), at whatever hour it is started. */
const flow = (customersAHalfHour: number): BranchConfig['flow'] => ({
  perHalfHour: Array.from({ length: 48 }, () => customersAHalfHour),
  mix: {
    withdrawal: 33,
    deposit: 24,
    settlement: 8,
    balance: 8,
    'loss-report': 3,
    cheque: 3,
    'cheque-book': 1,
    wire: 5,
    'cash-accounting': 2,
    'pay-out': 4,
    'cash-received': 4,
    'account-opening': 1.2,
    wealth: 0.6,
  },
  specialShare: 0.2,
});

const cash = all.filter((id) => id !== 'account-opening' && id !== 'wealth');

const counter = (number: number, kind: CounterConfig['kind'], serviceIds: string[], actsAs?: CounterConfig['actsAs']): CounterConfig => ({
  id: `c${number}`,
  number,
  kind,
  serviceIds,
  ...(actsAs === undefined ? {} : { actsAs }),
});

const cashCounters = (from: number, to: number): CounterConfig[] =>
  Array.from({ length: to - from + 1 }, (_none, index) => counter(from + index, 'cash', cash));

const config = (zh: string, en: string, counters: CounterConfig[], roster: RosterEntry[]): BranchConfig => ({
  name: { zh, en },
  hours: { ...defaultHours, roundTheClock: true },
  services: defaultServices,
  counters,
  limits: defaultLimits,
  policy: defaultPolicy,
  roster,
});

const skills = (number: number): string[] => {
  if (number === 9 || number === 10) return nonCash;
  return number === 11 ? all : cash;
};

const machine = (
  number: number,
  kind: MachineKind,
  zh: string,
  en: string,
  place: { zh: string; en: string },
  services: MachineConfig['services'],
  more: Partial<MachineConfig> = {},
): MachineConfig => ({ id: `m${number}`, kind, name: { zh, en }, place, services, ...more });

const lobby = { zh: '大堂自助区', en: 'Lobby self-service area' };
const aroundTheClock = { zh: '24小时自助厅', en: '24-hour hall' };
const mall = { zh: '城中商场', en: 'Town mall' };
/** ¥1 = 100 fen; what an ATM gives in one go. */
const atmMost = 20_000 * 100;
const cashOut: MachineConfig['services'] = [{ serviceId: 'withdrawal', upToFen: atmMost }, { serviceId: 'balance' }];
const cashBoth: MachineConfig['services'] = [
  ...cashOut,
  { serviceId: 'deposit', upToFen: 100_000 * 100 },
  { serviceId: 'settlement', upToFen: 50_000 * 100 },
];

/** The fleet of hq-01: contract.md names them m1 to m12. */
const demoMachines: readonly MachineConfig[] = [
  machine(1, 'atm', '1号取款机', 'ATM 1', aroundTheClock, cashOut, { inService: 'always' }),
  machine(2, 'atm', '2号取款机', 'ATM 2', aroundTheClock, cashOut, { inService: 'always' }),
  machine(3, 'recycler', '3号存取款机', 'Cash recycler 3', aroundTheClock, cashBoth, { inService: 'always' }),
  machine(4, 'recycler', '4号存取款机', 'Cash recycler 4', aroundTheClock, cashBoth, { inService: 'always' }),
  machine(5, 'recycler', '5号存取款机', 'Cash recycler 5', lobby, cashBoth),
  machine(
    6,
    'smartCounter',
    '6号智慧柜员机',
    'Smart counter 6',
    lobby,
    [{ serviceId: 'account-opening' }, { serviceId: 'settlement' }, { serviceId: 'loss-report' }],
    { typicalMs: 360_000 },
  ),
  machine(
    7,
    'smartCounter',
    '7号智慧柜员机',
    'Smart counter 7',
    lobby,
    [{ serviceId: 'account-opening' }, { serviceId: 'settlement' }, { serviceId: 'wealth' }],
    { typicalMs: 360_000 },
  ),
  machine(
    8,
    'videoTeller',
    '8号远程视频柜员机',
    'Video teller 8',
    lobby,
    [{ serviceId: 'loss-report' }, { serviceId: 'wire', upToFen: 50_000 * 100 }],
    { typicalMs: 300_000 },
  ),
  machine(9, 'passbookPrinter', '9号补登机', 'Passbook printer 9', lobby, [{ serviceId: 'balance' }]),
  machine(10, 'enquiry', '10号查询机', 'Enquiry terminal 10', lobby, [{ serviceId: 'balance' }]),
  machine(11, 'numberKiosk', '11号取号机', 'Number kiosk 11', lobby, []),
  machine(12, 'atm', '12号离行取款机', 'Off-site ATM 12', mall, cashOut, { offSite: true, inService: { from: '07:00', until: '23:00' } }),
];

/** Everybody's post certificate; demo years are before it ends. */
const certificates = (kind: string): RosterEntry['certificates'] => [{ kind, expiresOn: '2032-06-30' }];

const roster: RosterEntry[] = [
  ...Array.from(
    { length: 12 },
    (_none, index): RosterEntry => ({
      staffId: `teller${index + 1}`,
      role: 'teller',
      counterId: `c${index + 1}`,
      serviceIds: skills(index + 1),
      certificates: certificates('teller'),
    }),
  ),
  { staffId: 'manager', role: 'manager', certificates: certificates('lobby') },
  { staffId: 'head', role: 'head' },
  { staffId: 'deputy', role: 'deputyManager', certificates: certificates('lobby') },
  { staffId: 'floater1', role: 'floatingTeller', serviceIds: cash, certificates: certificates('teller') },
  { staffId: 'guard1', role: 'guard', certificates: certificates('guard') },
  { staffId: 'guard2', role: 'guard', certificates: certificates('guard') },
];

const lunch = (earliest: string, latest: string) => ({ earliest, latest, lengthMs: 45 * 60_000 });

/** Shift templates, and rules as a busy branch has them. */
const people: NonNullable<BranchConfig['people']> = {
  shifts: [
    { id: 'early', name: { zh: '早班', en: 'Early' }, from: '08:00', until: '16:30', breaks: [lunch('11:00', '12:30')] },
    { id: 'late', name: { zh: '晚班', en: 'Late' }, from: '09:30', until: '18:00', breaks: [lunch('12:00', '13:30')] },
    { id: 'lobby', name: { zh: '大堂班', en: 'Lobby' }, from: '08:00', until: '16:00', breaks: [] },
    { id: 'guard-day', name: { zh: '保安日班', en: 'Guard, day' }, from: '07:00', until: '15:00', breaks: [] },
    { id: 'guard-late', name: { zh: '保安晚班', en: 'Guard, late' }, from: '15:00', until: '23:00', breaks: [] },
  ],
  rules: { cashTellers: 3, tellersAfterMs: 15 * 60_000, busyWaiting: 60 },
};

/** Days off by group of tellers: Monday is 0. Five days a week for everybody, more windows on working days. */
const daysOff: readonly (readonly number[])[] = [
  [0, 6],
  [1, 5],
  [5, 6],
];

/** Who works on a weekday (Monday is 0), and in which shift. */
export function demoShifts(weekday: number): { staffId: string; shiftId: string }[] {
  const workday = weekday < 5;
  const tellers = Array.from({ length: 12 }, (_none, index) => ({
    staffId: `teller${index + 1}`,
    shiftId: index % 2 === 0 ? 'early' : 'late',
    off: daysOff[index % 3] ?? [],
  }));
  return [
    ...tellers.filter(({ off }) => !off.includes(weekday)).map(({ staffId, shiftId }) => ({ staffId, shiftId })),
    ...(workday
      ? [
          { staffId: 'manager', shiftId: 'lobby' },
          { staffId: 'head', shiftId: 'lobby' },
        ]
      : []),
    ...(weekday === 0 || weekday === 1 ? [] : [{ staffId: 'deputy', shiftId: 'lobby' }]),
    ...(weekday < 2 || weekday > 4 ? [{ staffId: 'floater1', shiftId: 'early' }] : []),
    ...(workday ? [{ staffId: 'guard1', shiftId: 'guard-day' }] : []),
    ...(weekday < 2 ? [] : [{ staffId: 'guard2', shiftId: 'guard-late' }]),
  ];
}

/** Who is where when the demo begins. */
export const demoPosts = [
  { staffId: 'manager', kind: 'lobby' },
  { staffId: 'deputy', kind: 'lobby' },
  { staffId: 'guard1', kind: 'guard' },
  { staffId: 'head', kind: 'floor' },
] as const;

export const demoBranches: readonly DemoBranch[] = [
  {
    id: 'hq-01',
    config: {
      ...config(
        '营业部',
        'Main branch',
        [
          ...cashCounters(1, 8),
          counter(9, 'nonCash', nonCash),
          counter(10, 'nonCash', nonCash),
          counter(11, 'priority', all),
          counter(12, 'elastic', cash, 'cash'),
        ],
        roster,
      ),
      machines: [...demoMachines],
      people,
      flow: flow(86),
    },
  },
  {
    id: 'hq-02',
    config: {
      ...config('城东支行', 'East town branch', [...cashCounters(1, 3), counter(4, 'nonCash', nonCash), counter(5, 'priority', all)], []),
      flow: flow(39),
    },
  },
  {
    id: 'hq-03',
    config: {
      ...config('河西支行', 'West river branch', [...cashCounters(1, 2), counter(3, 'nonCash', nonCash)], []),
      flow: flow(26),
    },
  },
];

const tellerNames = ['王丽华', '李建国', '张敏', '刘洋', '陈静', '杨帆', '赵雪梅', '黄志强', '周晓燕', '吴海涛', '徐慧', '孙鹏'];
const everywhere = demoBranches.map(({ id }) => id);

export const demoAccounts: readonly DemoAccount[] = [
  { username: 'admin', name: '系统管理员', role: 'admin', branches: [] },
  { username: 'manager', name: '马晓芳', role: 'manager', branches: ['hq-01'] },
  { username: 'head', name: '郑国栋', role: 'head', branches: ['hq-01'] },
  { username: 'region', name: '何文斌', role: 'regional', branches: everywhere },
  { username: 'office', name: '沈国华', role: 'headOffice', branches: everywhere },
  { username: 'deputy', name: '林秀英', role: 'manager', branches: ['hq-01'] },
  { username: 'floater1', name: '高明', role: 'teller', branches: ['hq-01'] },
  { username: 'guard1', name: '田大勇', role: 'guard', branches: ['hq-01'] },
  { username: 'guard2', name: '石磊', role: 'guard', branches: ['hq-01'] },
  ...tellerNames.map((name, index): DemoAccount => ({ username: `teller${index + 1}`, name, role: 'teller', branches: ['hq-01'] })),
];

export const demoDevices: readonly DemoDevice[] = [
  ...(['kiosk', 'display', 'terminal', 'machine'] as const).map(
    (kind): DemoDevice => ({
      id: `hq-01-${kind}`,
      kind,
      branchId: 'hq-01',
      token: `demo-${kind}`,
    }),
  ),
  // Each machine may also speak for itself.
  ...demoMachines.map(({ id }): DemoDevice => ({ id: `hq-01-${id}`, kind: 'machine', branchId: 'hq-01', token: id })),
];
