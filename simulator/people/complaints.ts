/** What the virtual customers and staff of the demo have to say. Invented; any likeness is chance. */
import type { CaseChannel, CaseKind } from '../../shared/contract/cases.ts';

export interface Matter {
  readonly kind: Exclude<CaseKind, 'machineFault' | 'emergency'>;
  readonly weight: number;
  readonly channel?: CaseChannel;
  readonly severity: number;
  readonly subject: string;
  readonly details?: string;
  /** One of the bank's causes. */
  readonly cause?: string;
}

export const matters: readonly Matter[] = [
  { kind: 'complaint', weight: 4, severity: 3, subject: '排队时间过长', details: '客户称取号后等候超过四十分钟。', cause: 'waiting' },
  { kind: 'complaint', weight: 2, severity: 3, subject: '柜员解释不清', details: '客户表示对手续费的说明听不明白。', cause: 'attitude' },
  { kind: 'complaint', weight: 2, severity: 4, subject: '取号机叫号顺序有疑问', details: '客户认为后到者先被叫号。', cause: 'waiting' },
  {
    kind: 'complaint',
    weight: 1,
    severity: 2,
    channel: 'hotline',
    subject: '热线转办：账户被限额',
    details: '客户不知限额原因，要求书面答复。',
  },
  {
    kind: 'complaint',
    weight: 1,
    severity: 2,
    channel: 'leader',
    subject: '要求见负责人：挂失手续',
    details: '家属代办被拒，情绪激动。',
    cause: 'rules',
  },
  { kind: 'complaint', weight: 0.5, severity: 2, channel: 'regulator', subject: '监管转办：理财销售说明', cause: 'rules' },
  { kind: 'incident', weight: 2, severity: 4, subject: '客户物品遗失', details: '等候区长椅下捡到雨伞一把。' },
  { kind: 'incident', weight: 1.5, severity: 3, subject: '老人在厅内身体不适', details: '已扶至休息区，联系家属。' },
  { kind: 'incident', weight: 1, severity: 3, subject: '点钞差错客户有异议', details: '复点视频待核。', cause: 'error' },
  { kind: 'suggestion', weight: 2.5, severity: 4, subject: '建议增加老花镜与座椅' },
  { kind: 'suggestion', weight: 1.5, severity: 4, subject: '建议午间多开一个窗口' },
  { kind: 'praise', weight: 2.5, severity: 4, subject: '感谢柜员耐心帮助' },
  { kind: 'praise', weight: 1, severity: 4, subject: '表扬大堂经理主动引导' },
];

export const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'] as const;
export const outcomes = [
  '已向客户当面致歉并说明原因，客户接受。',
  '已核实情况，补办手续，客户签字确认。',
  '已增开窗口并安排专人引导，向客户反馈。',
  '已电话答复客户，说明规定与后续途径。',
] as const;
export const faultOutcomes = ['已清理并测试，恢复正常。', '已报修，厂家处理完毕。', '已取出并登记，联系持卡人。'] as const;
