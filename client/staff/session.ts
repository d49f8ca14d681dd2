/** Who is signed in on this staff page, and the page's one connection. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Role } from '../../shared/aggregate.ts';
import { type Answer, createApi } from '../live/api.ts';
import { createCommands } from '../live/commands.ts';
import { type Connection, createConnection } from '../live/connection.ts';
import { pulseEar } from '../live/pulse-ear.ts';
import { toastProblem } from '../ui/toast.tsx';
import { withNames } from './known-names.ts';

export interface Session {
  readonly username: string;
  readonly staffId: string;
  readonly role: Role;
  /** `'*'` = all of the bank's. */
  readonly branchIds: readonly string[] | '*';
}

/** undefined = not asked yet, null = signed out. */
const session = createStore<{ readonly session: Session | null | undefined }>(() => ({ session: undefined }));

let connection: Connection | undefined;

function forget(): void {
  connection?.close();
  connection = undefined;
  session.setState({ session: null });
}

export const api = createApi({ onDenied: forget });
export const commands = createCommands({ api, onProblem: (problem) => toastProblem(withNames(problem)) });

export const staffConnection = (): Connection =>
  (connection ??= createConnection({ mayReturn: async () => (await restoreSession()) !== null, ear: pulseEar }));

export async function signIn(username: string, password: string): Promise<Answer<Session>> {
  const answer = await api.send<Session>('POST', '/api/session', { username, password });
  if (answer.ok) session.setState({ session: answer.value });
  return answer;
}

/** Asks the hub who we are; keeps what we know when the hub cannot be reached. */
export async function restoreSession(): Promise<Session | null | undefined> {
  const answer = await api.get<Session>('/api/session');
  if (answer.ok) session.setState({ session: answer.value });
  return session.getState().session;
}

export async function signOut(): Promise<void> {
  await api.send('DELETE', '/api/session');
  forget();
}

export const currentSession = (): Session | null | undefined => session.getState().session;
export const onSession = (listener: () => void): (() => void) => session.subscribe(listener);
export const useSession = (): Session | null | undefined => useStore(session, (state) => state.session);
/** The hub said `revoked`: back to the sign-in. */
export const endSession = forget;
