/** Cases of a branch: `pending` so many open ones whose deadlines lie days ahead, or `history` so many over two years, nearly all closed. */
import type { Actor } from '../shared/aggregate.ts';
import type { BranchCommand } from '../shared/contract/commands.ts';
import { defaultCases } from '../shared/contract/default-cases.ts';
import { Past, staffOf } from './generate-past.ts';

const DAY_MS = 86_400_000;
/** One in so many of a history is still open. */
const OPEN_ONE_IN = 100;
const HISTORY_DAYS = 730;

const dataDir = process.argv[2] ?? '';
const mode = process.argv[3];
const count = Number(process.argv[4]);
const by: readonly Actor[] = [
  staffOf('manager', 'manager'),
  staffOf('head', 'head'),
  staffOf('teller1', 'teller'),
  staffOf('teller2', 'teller'),
];
const subjects = ['排队时间太长', '柜员态度', '自助设备吞卡', '手续费有疑问', '理财产品说明不清', '存折打印不清楚'];
const kinds = ['complaint', 'incident', 'suggestion', 'praise'] as const;

/** The gravest are to be acknowledged within so long here, and then not again for days. */
const soonMs = Number(process.argv[5]);

const past = await Past.open(dataDir, Date.now() - (mode === 'history' ? HISTORY_DAYS + 2 : 1) * DAY_MS);
const stepMs = mode === 'history' ? (HISTORY_DAYS * DAY_MS) / count : 0;

if (mode === 'pending') {
  const policies = defaultCases.policies.map((policy) => ({
    ...policy,
    clock: 'elapsed' as const,
    tellAtOnce: [],
    levels: policy.levels.map((level) => ({
      ...level,
      ackMs: policy.severity === 1 && level.level <= 3 ? soonMs : 5 * DAY_MS,
      actMs: 6 * DAY_MS,
    })),
  }));
  past.run({ type: 'branch.configure', config: { cases: { ...defaultCases, policies } } }, staffOf('head', 'head'));
}
for (let made = 0; made < count; made += 1) {
  past.now += stepMs;
  past.tick();
  const open = mode === 'pending' || made % OPEN_ONE_IN === 0;
  const command: BranchCommand = {
    type: 'case.log',
    kind: kinds[made % kinds.length] ?? 'complaint',
    channel: 'counter',
    severity: 4,
    subject: `${subjects[made % subjects.length]}，第${made}件`,
    details: made === 7 ? '客户提到罕见词：鳜鱼' : '客户在大堂等候时提出，已当面说明并记录。',
    contact: { name: '测试', phone: '13800000000' },
    ...(open ? {} : { solved: true }),
  };
  past.run(command, by[made % by.length] ?? by[0] ?? staffOf('manager', 'manager'));
}
process.send?.({ events: await past.close(), cases: count });
process.exit();
