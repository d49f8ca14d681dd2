import type { SameKeys } from '../texts.ts';
import type { head as zh } from '../zh/head.ts';

export const head: SameKeys<typeof zh> = {
  title: 'Branches',
  lead: 'Worst first',
  waiting: 'Waiting',
  longest: 'Longest wait',
  expected: 'Expected wait',
  windows: 'Windows open',
  inTarget: 'In target today',
  attention: 'Needs a person',
  machines: 'Machines',
  machinesDown: 'Machines down',
  available: 'Machines available today {share}',
  cases: 'Open cases',
  casesLate: '{n} late',
  machinesUnknown: '{n} unknown',
  minutes: '{range} min',
  adviceHistory: 'Advice',
  whatIf: 'What if…',
  openFloor: 'Open the floor',
  ledger: 'Ledger',
  none: 'There is no branch you may see yet.',
  noneHint: 'Ask the administrator to give your account a branch.',
  appeals: 'Appeals to decide',
  training: 'Retraining to confirm',
  notConfigured: 'Not set up yet',
};
