/** Who may sign on here, asked anew once something has happened in the branch, and after every word spoken here. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TerminalPerson, TerminalView } from '../../../shared/contract/terminal.ts';
import type { Device } from '../../device/device.ts';

const LOOK_MS = 5_000;

/** `people` is undefined until the hub has answered once; what it said last stays while the line is down. */
export function usePeople({ api, branchId, live }: Device): {
  readonly people: readonly TerminalPerson[] | undefined;
  readonly again: () => Promise<void>;
} {
  const [people, setPeople] = useState<readonly TerminalPerson[]>();
  const seenAt = useRef(-1);
  const again = useCallback(async () => {
    const { seq } = live.store.getState();
    const answer = await api.get<TerminalView>(`/api/branches/${encodeURIComponent(branchId)}/terminal`);
    if (!answer.ok) return;
    seenAt.current = seq;
    setPeople(answer.value.people);
  }, [api, branchId, live]);
  useEffect(() => {
    void again();
    const timer = setInterval(() => {
      if (!document.hidden && live.store.getState().seq !== seenAt.current) void again();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [again, live]);
  return { people, again };
}
