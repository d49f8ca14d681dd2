/** Where a branch's rules for cases and machines begin: times per severity, complaint law (regulation.md). All editable. */
import type { CasesConfig, EscalationPolicy } from './cases.ts';
import { ladder, type LadderRole } from './ladder.ts';
import type { MachinePolicy } from './machines.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Everyone above hears of what reaches a level (domain.md section 6). */
const above = (level: number): LadderRole[] => ladder.slice(level).slice(0, 1);

const policy = (
  severity: number,
  clock: EscalationPolicy['clock'],
  ackMs: number,
  actMs: number,
  tellAtOnce: LadderRole[],
): EscalationPolicy => ({
  kind: 'any',
  severity,
  clock,
  tellAtOnce,
  levels: ladder.map((_role, index) => ({ level: index + 1, ackMs, actMs, told: above(index + 1) })),
});

export const defaultPolicies: EscalationPolicy[] = [
  policy(1, 'elapsed', 2 * MINUTE, 15 * MINUTE, ['manager', 'head', 'regional']),
  policy(2, 'elapsed', 5 * MINUTE, HOUR, ['manager', 'head']),
  policy(3, 'business', 15 * MINUTE, 4 * HOUR, ['manager']),
  policy(4, 'business', HOUR, 2 * DAY, []),
];

export const defaultCases: CasesConfig = {
  policies: defaultPolicies,
  law: {
    clock: 'calendar',
    simpleDays: 15,
    complexDays: 30,
    extendDays: 30,
    extendApprovedFrom: 3,
    warnDays: 3,
    reviewAskDays: 30,
    reviewDays: 30,
    maxRepresentatives: 5,
    majorEventPeople: 20,
    waysOnward: [
      { id: 'review', name: { zh: '向上一级机构申请核查', en: 'Review by the next level of this bank' } },
      { id: 'mediation', name: { zh: '调解', en: 'Mediation' } },
      { id: 'arbitration', name: { zh: '仲裁', en: 'Arbitration' } },
      { id: 'litigation', name: { zh: '诉讼', en: 'Litigation' } },
    ],
    videoKinds: ['complaint', 'incident'],
    videoMs: DAY,
    repeatCauseDays: 90,
  },
  channelSeverity: { counter: 4, leader: 3, hotline: 3, regulator: 2, press: 1 },
  causes: [
    { id: 'waiting', name: { zh: '等候时间长', en: 'Long wait' } },
    { id: 'attitude', name: { zh: '服务态度', en: 'Manner of service' } },
    { id: 'error', name: { zh: '业务差错', en: 'Mistake in a transaction' } },
    { id: 'machine', name: { zh: '自助设备', en: 'Self-service machine' } },
    { id: 'fees', name: { zh: '收费', en: 'Fees' } },
    { id: 'product', name: { zh: '产品与销售', en: 'Product and selling' } },
    { id: 'rules', name: { zh: '制度与流程', en: 'Rules and procedure' } },
    { id: 'other', name: { zh: '其他', en: 'Other' } },
  ],
  replyTemplates: [
    {
      id: 'apology',
      kinds: ['complaint'],
      name: { zh: '致歉并说明处理结果', en: 'Apology and result' },
      text: {
        zh: '您好！关于您反映的问题，我们已核实并处理。对给您带来的不便，我们深表歉意。处理结果如下：',
        en: 'We have looked into what you told us and have acted on it. We are sorry for the trouble it caused you. The result is:',
      },
    },
    {
      id: 'refusal',
      kinds: ['complaint'],
      name: { zh: '说明不能满足的理由', en: 'Why it cannot be granted' },
      text: {
        zh: '您好！关于您的诉求，我们已认真核查，依据有关规定暂不能满足，理由如下：',
        en: 'We have looked carefully into your request. Under the rules it cannot be granted, for this reason:',
      },
    },
    {
      id: 'thanks',
      kinds: ['suggestion', 'praise'],
      name: { zh: '感谢', en: 'Thanks' },
      text: { zh: '感谢您的宝贵意见，我们会认真研究。', en: 'Thank you for telling us. We take it to heart.' },
    },
  ],
  silentRecipients: [],
};

export const defaultMachinePolicy: MachinePolicy = {
  // Decided, written down and on the board within the 30 s that are promised.
  silentAfterMs: 28 * SECOND,
  settleMs: 10 * MINUTE,
  handReportMs: 12 * HOUR,
  countEveryMs: 30 * SECOND,
  differenceEveryMs: HOUR,
  offerIfQuickerByMs: 2 * MINUTE,
};
