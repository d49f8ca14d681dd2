/** Where a signed-in person's page is. */
import type { Role } from '../../shared/aggregate.ts';
import { api, restoreSession, type Session } from './session.ts';

export interface BranchListed {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
}

const RETRY_MS = 2_000;

/** The first question of every page: who are we? Asked until the hub answers. */
export async function firstSession(): Promise<void> {
  for (;;) {
    if ((await restoreSession()) !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** The branches this person may see; an empty list when the hub cannot say now. */
export async function branchesSeen(): Promise<readonly BranchListed[]> {
  const answer = await api.get<readonly BranchListed[]>('/api/branches');
  return answer.ok ? answer.value : [];
}

type Home = { to: '/floor/$branch'; params: { branch: string } } | { to: '/teller' | '/head' | '/people' | '/settings' };

const homes: Partial<Record<Role, Home>> = {
  teller: { to: '/teller' },
  guard: { to: '/people' },
  head: { to: '/head' },
  regional: { to: '/head' },
  headOffice: { to: '/head' },
  admin: { to: '/settings' },
};

export async function homeOf(session: Session): Promise<Home> {
  const fixed = homes[session.role];
  if (fixed !== undefined) return fixed;
  const branch = session.branchIds === '*' ? (await branchesSeen())[0]?.id : session.branchIds[0];
  return branch === undefined ? { to: '/head' } : { to: '/floor/$branch', params: { branch } };
}
