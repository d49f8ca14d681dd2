/** Names of the staff: never part of the floor, read once per branch and shown where the floor has only an id. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { api } from './session.ts';

interface Named {
  readonly staffId: string;
  readonly name: string;
}

const store = createStore<{ readonly names: Readonly<Record<string, string>> }>(() => ({ names: {} }));
const asked = new Set<string>();

async function ask(branchId: string): Promise<void> {
  if (asked.has(branchId)) return;
  asked.add(branchId);
  const answer = await api.get<readonly Named[]>(`/api/branches/${encodeURIComponent(branchId)}/staff`);
  if (!answer.ok) return void asked.delete(branchId);
  store.setState(({ names }) => ({ names: { ...names, ...Object.fromEntries(answer.value.map((one) => [one.staffId, one.name])) } }));
}

export type NameOf = (staffId: string | undefined) => string;

/** The name, or the id where no name is known. */
export function useNames(branchId: string): NameOf {
  const names = useStore(store, (state) => state.names);
  useEffect(() => void ask(branchId), [branchId]);
  return (staffId) => (staffId === undefined ? '' : (names[staffId] ?? staffId));
}
