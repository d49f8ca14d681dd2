/** The demo bank as data (contract.md, "Demo bank"). Invented people; any likeness is chance. */
import type { DeviceKind, StaffRole } from '../../shared/bank/bank.commands.ts';
import type { BranchConfig, CounterConfig, RosterEntry } from '../../shared/contract/config.ts';
import { defaultHours, defaultLimits, defaultPolicy, defaultServices } from '../../shared/contract/default-config.ts';

export const DEMO_PASSWORD = 'demo-pass-1';

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

const roster: RosterEntry[] = [
  ...Array.from(
    { length: 12 },
    (_none, index): RosterEntry => ({
      staffId: `teller${index + 1}`,
      role: 'teller',
      counterId: `c${index + 1}`,
      serviceIds: skills(index + 1),
    }),
  ),
  { staffId: 'manager', role: 'manager' },
  { staffId: 'head', role: 'head' },
];

export const demoBranches: readonly DemoBranch[] = [
  {
    id: 'hq-01',
    config: config(
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
  },
  {
    id: 'hq-02',
    config: config(
      '城东支行',
      'East town branch',
      [...cashCounters(1, 3), counter(4, 'nonCash', nonCash), counter(5, 'priority', all)],
      [],
    ),
  },
  { id: 'hq-03', config: config('河西支行', 'West river branch', [...cashCounters(1, 2), counter(3, 'nonCash', nonCash)], []) },
];

const tellerNames = ['王丽华', '李建国', '张敏', '刘洋', '陈静', '杨帆', '赵雪梅', '黄志强', '周晓燕', '吴海涛', '徐慧', '孙鹏'];
const everywhere = demoBranches.map(({ id }) => id);

export const demoAccounts: readonly DemoAccount[] = [
  { username: 'admin', name: '系统管理员', role: 'admin', branches: [] },
  { username: 'manager', name: '马晓芳', role: 'manager', branches: ['hq-01'] },
  { username: 'head', name: '郑国栋', role: 'head', branches: ['hq-01'] },
  { username: 'region', name: '何文斌', role: 'regional', branches: everywhere },
  ...tellerNames.map((name, index): DemoAccount => ({ username: `teller${index + 1}`, name, role: 'teller', branches: ['hq-01'] })),
];

export const demoDevices: readonly DemoDevice[] = (['kiosk', 'display', 'machine'] as const).map((kind) => ({
  id: `hq-01-${kind}`,
  kind,
  branchId: 'hq-01',
  token: `demo-${kind}`,
}));
