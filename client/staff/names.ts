/** Names of the staff: never part of the floor, read once per branch and shown where the floor has only an id. */
import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import { type Colleague, knownNames } from './known-names.ts';
import { api } from './session.ts';

const asked = new Set<string>();

async function ask(branchId: string): Promise<void> {
  if (asked.has(branchId)) return;
  asked.add(branchId);
  const answer = await api.get<readonly Colleague[]>(`/api/branches/${encodeURIComponent(branchId)}/staff`);
  if (!answer.ok) return void asked.delete(branchId);
  knownNames.setState(({ names, staff }) => ({
    names: { ...names, ...Object.fromEntries(answer.value.map((one) => [one.staffId, one.name])) },
    staff: { ...staff, [branchId]: answer.value },
  }));
}

export type NameOf = (staffId: string | undefined) => string;

/** The name, or the id where no name is known. */
export function useNames(branchId: string): NameOf {
  const names = useStore(knownNames, (state) => state.names);
  useEffect(() => void ask(branchId), [branchId]);
  // One function as long as the names stand: what hangs on it is not drawn anew.
  return useCallback((staffId) => (staffId === undefined ? '' : (names[staffId] ?? staffId)), [names]);
}

const nobody: readonly Colleague[] = [];

/** Everyone who works for the branch and those above it; empty until the hub has answered. */
export function useColleagues(branchId: string): readonly Colleague[] {
  useEffect(() => void ask(branchId), [branchId]);
  return useStore(knownNames, ({ staff }) => staff[branchId] ?? nobody);
}
