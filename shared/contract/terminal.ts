/** What a shared terminal knows of people: enough to sign on and off, nothing more. Instants are hub time. */
import type { Post, Presence, RotaShift } from '../branch/people/people.state.ts';
import type { StaffKind } from './people.ts';

export interface TerminalPerson {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffKind;
  readonly hasPin: boolean;
  /** Absent: not signed on. */
  readonly here?: Presence;
  /** What they may take now: the planned post first, then the usual one; a counter only where it is free. */
  readonly posts: readonly Post[];
  /** The shift of now, or of later today. */
  readonly shift?: Pick<RotaShift, 'startsAt' | 'endsAt' | 'post'>;
  /** Ended their shift and is not back by their own word. */
  readonly offShift: boolean;
}

export interface TerminalView {
  readonly people: readonly TerminalPerson[];
}
