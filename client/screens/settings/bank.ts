/** Accounts and devices, for administrators. */
import { useCallback, useEffect, useState } from 'react';
import type { BankRequest } from '../../../shared/bank/bank.commands.ts';
import type { Account, BankBranch, Device } from '../../../shared/bank/bank.state.ts';
import type { Problem } from '../../live/api.ts';
import { newCommandId } from '../../live/ids.ts';
import { api } from '../../staff/session.ts';

export interface BankView {
  readonly branches: readonly BankBranch[];
  readonly accounts: readonly (Account & { readonly name: string })[];
  readonly devices: readonly Device[];
}

export interface Bank {
  readonly view: BankView | undefined;
  readonly problem: Problem | undefined;
  /** The result of an accepted command; undefined = refused, `problem` says why. */
  readonly send: (request: BankRequest) => Promise<Readonly<Record<string, unknown>> | undefined>;
}

export function useBank(): Bank {
  const [view, setView] = useState<BankView>();
  const [problem, setProblem] = useState<Problem>();
  const reload = useCallback(async () => {
    const answer = await api.get<BankView>('/api/bank');
    if (answer.ok) setView(answer.value);
    else setProblem(answer.problem);
  }, []);
  useEffect(() => void reload(), [reload]);
  const send = async (request: BankRequest): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const answer = await api.send<{ result?: Readonly<Record<string, unknown>> }>('POST', '/api/bank/commands', {
      ...request,
      id: newCommandId(),
    });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) await reload();
    return answer.ok ? (answer.value.result ?? {}) : undefined;
  };
  return { view, problem, send };
}
