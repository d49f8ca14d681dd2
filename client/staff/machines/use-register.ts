/** Reads one register of a branch over HTTP; read again when the branch's own copy of what it is about changes. */
import { useEffect, useState } from 'react';
import { api } from '../session.ts';

/** `undefined` while it is read, `failed` where the hub could not say. */
export function useRegister<T>(path: string, changed: unknown): T | 'failed' | undefined {
  const [read, setRead] = useState<{ readonly path: string; readonly value: T | 'failed' }>();
  useEffect(() => {
    let here = true;
    void api.get<T>(path).then((answer) => {
      if (here) setRead({ path, value: answer.ok ? answer.value : 'failed' });
    });
    return () => {
      here = false;
    };
  }, [path, changed]);
  return read?.path === path ? read.value : undefined;
}
