/** Something the hub works on for longer than a request: looked at every second while it runs. */
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../live/api.ts';
import { api } from './session.ts';

export interface JobView {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  /** 0…1. */
  readonly progress: number;
}

export interface JobLook<View extends JobView> {
  /** As last told. */
  readonly view: View | undefined;
  /** It ran when last looked at and is gone now: the hub was started anew, or somebody else stopped it. */
  readonly lost: boolean;
  /** Why the last question or order was refused. */
  readonly problem: Problem | undefined;
  look(): Promise<void>;
  /** `send` to its path or one below; what comes back is the view. */
  order(method: 'POST' | 'DELETE'): Promise<void>;
}

const LOOK_AGAIN_MS = 1_000;

/** `path` undefined: there is none yet. */
export function useJob<View extends JobView>(path: string | undefined): JobLook<View> {
  const [told, setTold] = useState<{ readonly path: string; readonly view?: View; readonly lost?: boolean; readonly problem?: Problem }>();
  const current = told?.path === path ? told : undefined;
  const look = useCallback(async (): Promise<void> => {
    if (path === undefined) return;
    const answer = await api.get<View>(path);
    // A hub out of reach for a moment leaves what is known as it is.
    setTold((before) => {
      const known = before?.path === path ? before : undefined;
      if (!answer.ok) return { ...known, path, problem: answer.problem };
      const lost = answer.value.state === 'none' && (known?.lost === true || known?.view?.state === 'running');
      return { path, view: answer.value, lost };
    });
  }, [path]);
  useEffect(() => void look(), [look]);
  const running = current?.view?.state === 'running' && (current.problem === undefined || current.problem.status === 0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, look]);
  const order = useCallback(
    async (method: 'POST' | 'DELETE'): Promise<void> => {
      if (path === undefined) return;
      const answer = await api.send<View>(method, path);
      setTold((before) =>
        answer.ok ? { path, view: answer.value } : { ...(before?.path === path && before), path, problem: answer.problem },
      );
    },
    [path],
  );
  return { view: current?.view, lost: current?.lost === true, problem: current?.problem, look, order };
}
