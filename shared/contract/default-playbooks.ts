/**
 * Emergency playbooks a bank begins with and edits: the 13 types of the industry's rules (regulation.md) and five of the bank's own.
 * The hub replaces no alarm button and no call to 110: the first step says so wherever there is danger.
 */
import type { Playbook } from './cases.ts';
import { bankPlaybooks } from './playbooks-bank.ts';
import { commonPlaybooks } from './playbooks-common.ts';
import { gravePlaybooks } from './playbooks-grave.ts';

export const defaultPlaybooks: Playbook[] = [...gravePlaybooks, ...commonPlaybooks, ...bankPlaybooks];
