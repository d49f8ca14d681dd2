/** What a new branch starts with: the standard services, their limits (domain.md section 3) and the rules' defaults. All editable. */
import type { BranchConfig, LimitRule, Policy, Service } from './config.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** ¥1 = 100 fen. */
const YUAN = 100;

const service = (
  id: string,
  letter: string,
  zone: Service['zone'],
  zh: string,
  en: string,
  typicalMs: number,
  pension?: true,
): Service => ({
  id,
  letter,
  zone,
  name: { zh, en },
  typicalMs,
  offered: true,
  ...(pension ? { pension } : {}),
});

export const defaultServices: Service[] = [
  service('deposit', 'A', 'cash', '存钱', 'Pay in', 90 * SECOND, true),
  service('withdrawal', 'B', 'cash', '取钱', 'Take out money', 90 * SECOND, true),
  service('settlement', 'C', 'cash', '转账结算', 'Transfer and settlement', 100 * SECOND),
  service('balance', 'D', 'cash', '查询余额', 'Balance enquiry', 45 * SECOND, true),
  service('loss-report', 'E', 'nonCash', '挂失', 'Report a loss', 5 * MINUTE),
  service('cheque', 'F', 'cash', '支票业务', 'Cheque', 5 * MINUTE),
  service('cheque-book', 'G', 'nonCash', '购买支票', 'Buy a cheque book', 7 * MINUTE),
  service('wire', 'H', 'cash', '电汇', 'Wire transfer', 7 * MINUTE),
  service('cash-accounting', 'I', 'cash', '提取现金核算', 'Cash withdrawal accounting', 2 * MINUTE),
  service('pay-out', 'J', 'cash', '大额取款', 'Large withdrawal', 5 * MINUTE),
  service('cash-received', 'K', 'cash', '大额存款', 'Large deposit', 8 * MINUTE),
  service('account-opening', 'L', 'nonCash', '开户', 'Open an account', 15 * MINUTE),
  service('wealth', 'M', 'nonCash', '理财', 'Wealth management', 20 * MINUTE),
];

const flat = (serviceId: string, limitMs: number, more: Partial<LimitRule> = {}): LimitRule => ({
  serviceId,
  brackets: [{ limitMs }],
  exceptions: [],
  ...more,
});

export const defaultLimits: LimitRule[] = [
  flat('deposit', 2 * MINUTE, { manyNotes: { over: 100, judgedAs: 'cash-received' } }),
  flat('withdrawal', 2 * MINUTE, { manyNotes: { over: 100, judgedAs: 'pay-out' } }),
  flat('settlement', 2 * MINUTE, { exceptions: ['provisional-remittance'] }),
  flat('balance', MINUTE, { exceptions: ['court-enquiry', 'deduction', 'stop-payment'] }),
  flat('cash-accounting', 3 * MINUTE),
  flat('loss-report', 7 * MINUTE),
  flat('cheque', 7 * MINUTE),
  flat('cheque-book', 10 * MINUTE),
  flat('wire', 10 * MINUTE),
  {
    serviceId: 'pay-out',
    brackets: [
      { upToFen: 50_000 * YUAN, limitMs: 5 * MINUTE },
      { upToFen: 100_000 * YUAN, limitMs: 10 * MINUTE },
      { limitMs: 20 * MINUTE },
    ],
    exceptions: [],
  },
  {
    serviceId: 'cash-received',
    brackets: [
      { upToFen: 10_000 * YUAN, limitMs: 5 * MINUTE },
      { upToFen: 50_000 * YUAN, limitMs: 15 * MINUTE },
      { upToFen: 100_000 * YUAN, limitMs: 25 * MINUTE },
      { upToFen: 200_000 * YUAN, limitMs: 40 * MINUTE },
      { limitMs: null },
    ],
    exceptions: [],
  },
];

export const defaultPolicy: Policy = {
  raiseAfterMs: 30 * MINUTE,
  vipOneIn: 3,
  pensionElderlyShare: 0.4,
  lateAfterCalls: 2,
  appointmentEarlyMs: 5 * MINUTE,
  divertReturnMs: 15 * MINUTE,
  recallAfterMs: 20 * SECOND,
  noShowAfterCalls: 2,
  noShowAfterMs: 60 * SECOND,
  autoStart: false,
  cashCountOnPause: true,
  warnShare: 0.8,
  stagesMs: [MINUTE, 2 * MINUTE, 3 * MINUTE],
  helpStage: 3,
  extensions: {
    coins: { minShare: 0.2, defaultMs: 5 * MINUTE, minMs: 3 * MINUTE, maxMs: 5 * MINUTE },
    otherByRightMs: 5 * MINUTE,
    greenChannelFactor: 2,
  },
  retraining: { overruns: 3, period: 'quarter' },
  servedTargetMs: 10 * MINUTE,
  peakWaitingPerWindow: 6,
  attention: {
    windowsClosedAtPeakMs: 2 * MINUTE,
    unmannedMs: 5 * MINUTE,
    idleBesideLineMs: MINUTE,
    longLine: 5,
    pauseTooLongMs: 20 * MINUTE,
    calledTooLongMs: 2 * MINUTE,
    servingTooLongMs: 30 * MINUTE,
  },
};

const weekday = { opens: '08:30', closes: '17:30' };

export const defaultHours: BranchConfig['hours'] = {
  timeZone: 'Asia/Shanghai',
  week: [weekday, weekday, weekday, weekday, weekday, null, null],
  holidays: [],
  makeUpDays: [],
};
