/** Names of the staff as far as this page has learnt them: for lists, and for refusals that name somebody. */
import { createStore } from 'zustand/vanilla';
import type { Role } from '../../shared/aggregate.ts';
import type { Problem } from '../live/api.ts';

export interface Colleague {
  readonly staffId: string;
  readonly name: string;
  readonly role: Role;
}

interface Known {
  readonly names: Readonly<Record<string, string>>;
  /** By branch. */
  readonly staff: Readonly<Record<string, readonly Colleague[]>>;
}

export const knownNames = createStore<Known>(() => ({ names: {}, staff: {} }));

/** The name, or the id where no name is known. */
export const knownName = (staffId: string): string => knownNames.getState().names[staffId] ?? staffId;

const people = ['staffId', 'ownerId'] as const;

/** The same refusal with people by name. */
export function withNames(problem: Problem): Problem {
  const { params } = problem;
  if (params === undefined) return problem;
  const named = people.flatMap((key) => (typeof params[key] === 'string' ? [[key, knownName(params[key])] as const] : []));
  return named.length === 0 ? problem : { ...problem, params: { ...params, ...Object.fromEntries(named) } };
}
