/** A branch's configuration as this page edits it: read once, each section written whole. The hub judges. */
import { useCallback, useEffect, useState } from 'react';
import type { BranchConfig } from '../../../shared/contract/config.ts';
import type { Problem } from '../../live/api.ts';
import { newCommandId } from '../../live/ids.ts';
import { api } from '../../staff/session.ts';

export const sections = [
  'name',
  'hours',
  'dayTypes',
  'services',
  'counters',
  'limits',
  'policy',
  'roster',
  'people',
  'flow',
  'machines',
  'machinePolicy',
  'cases',
  'playbooks',
  'advice',
] as const satisfies readonly (keyof BranchConfig)[];
export type Section = (typeof sections)[number];

export interface Loaded {
  readonly config: BranchConfig;
  readonly configured: boolean;
}

export interface Configuration {
  readonly loaded: Loaded | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => Promise<void>;
  /** Undefined = accepted. */
  readonly save: (config: Partial<Record<Section, unknown>>) => Promise<Problem | undefined>;
}

export function useConfiguration(branchId: string): Configuration {
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<Problem>();
  const path = `/api/branches/${encodeURIComponent(branchId)}`;

  const reload = useCallback(async () => {
    const answer = await api.get<Loaded>(`${path}/config`);
    setLoaded(answer.ok ? answer.value : undefined);
    setProblem(answer.ok ? undefined : answer.problem);
  }, [path]);

  useEffect(() => {
    setLoaded(undefined);
    void reload();
  }, [reload]);

  const save = async (config: Partial<Record<Section, unknown>>): Promise<Problem | undefined> => {
    // The first time everything is written: a half-configured branch could not work.
    const whole = loaded !== undefined && !loaded.configured ? { ...loaded.config, ...config } : config;
    const answer = await api.send('POST', `${path}/commands`, { id: newCommandId(), type: 'branch.configure', config: whole });
    if (answer.ok) await reload();
    return answer.ok ? undefined : answer.problem;
  };

  return { loaded, problem, reload, save };
}
