import type { Playbook } from './cases.ts';

type Step = Playbook['steps'][number];

/** One step: whose it is, and within how many minutes of the start. */
export const step = (id: string, role: Step['role'], minutes: number, zh: string, en: string): Step => ({
  id,
  role,
  withinMs: minutes * 60_000,
  text: { zh, en },
});
