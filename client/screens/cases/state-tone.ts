import type { CaseStateName } from '../../../shared/contract/cases.ts';
import type { StateName } from '../../ui/state-shape.tsx';

const tones: Readonly<Record<CaseStateName, StateName>> = {
  logged: 'calling',
  acknowledged: 'waiting',
  resolved: 'serving',
  closed: 'closed',
  withdrawn: 'closed',
};

export const stateTone = (state: CaseStateName): StateName => tones[state];
