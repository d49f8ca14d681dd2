/** What people wrote about a case: kept outside the log, read once per reference and kept for as long as the page lives. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { api, onSession } from '../session.ts';

const store = createStore<{ readonly texts: Readonly<Record<string, string>> }>(() => ({ texts: {} }));
/** One question per text, whoever asks, also while its answer is on the way. */
const asked = new Map<string, Promise<void>>();

// The next person at this terminal may not be allowed what the last one read.
onSession(() => {
  asked.clear();
  store.setState({ texts: {} });
});

const AGAIN_MS = 5_000;
/** The hub was away, busy or asked for patience: it has said nothing of the text itself. */
const passing = (status: number): boolean => status === 0 || status === 429 || status >= 500;

async function read(branchId: string, ref: string): Promise<void> {
  const answer = await api.get<{ value: { text?: string } }>(
    `/api/branches/${encodeURIComponent(branchId)}/texts/${encodeURIComponent(ref)}`,
  );
  if (!answer.ok && passing(answer.problem.status)) {
    setTimeout(() => asked.has(ref) && void read(branchId, ref), answer.problem.retryAfterMs ?? AGAIN_MS);
    return;
  }
  // Erased, or not for this person: there is nothing to show, and asking again would not change that.
  const text = answer.ok ? (answer.value.value.text ?? '') : '';
  store.setState(({ texts }) => ({ texts: { ...texts, [ref]: text } }));
}

function ask(branchId: string, ref: string): Promise<void> {
  const known = asked.get(ref) ?? read(branchId, ref);
  asked.set(ref, known);
  return known;
}

/** Undefined until it came. */
export function useCaseText(branchId: string, ref: string | undefined): string | undefined {
  useEffect(() => {
    if (ref !== undefined) void ask(branchId, ref);
  }, [branchId, ref]);
  return useStore(store, ({ texts }) => (ref === undefined ? undefined : texts[ref]));
}

/** For a toast: read now, without a component. */
export async function caseText(branchId: string, ref: string): Promise<string> {
  await ask(branchId, ref);
  return store.getState().texts[ref] ?? '';
}
