/** What a person may do at the shared terminal now, the likely thing first. Pure. */
import type { Post } from '../../../shared/branch/people/people.state.ts';
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';

export type Act = { readonly do: 'take'; readonly post: Post } | { readonly do: 'breakBegin' | 'breakEnd' | 'leave' | 'goHome' };

/** What is sent for it, in this order. */
export function commandsOf(act: Act, { here, offShift }: Pick<TerminalPerson, 'here' | 'offShift'>): readonly FloorCommand[] {
  switch (act.do) {
    case 'take':
      return [...(offShift ? [{ type: 'shift.begin' } as const] : []), { type: 'post.take', ...act.post }];
    case 'breakBegin':
      return [{ type: 'break.begin' }];
    case 'breakEnd':
      return [{ type: 'break.end' }];
    case 'leave':
      return [{ type: 'post.leave' }];
    case 'goHome':
      // A window is left by a word of its own: a shift that ends does not close it.
      return [...(here?.post?.kind === 'counter' ? [{ type: 'post.leave' } as const] : []), { type: 'shift.end' }];
  }
}

export interface Acts {
  /** One button each; the first is the natural next step. */
  readonly main: readonly Act[];
  /** Counters besides the one in `main`. */
  readonly counters: readonly (Act & { readonly do: 'take' })[];
}

const take = (post: Post): Act & { do: 'take' } => ({ do: 'take', post });

export function actsOf({ here, posts }: TerminalPerson): Acts {
  const first = posts[0];
  const counter = posts.find(({ kind }) => kind === 'counter');
  const single = posts.filter((post) => post.kind !== 'counter' || post === counter);
  const counters = posts.filter((post) => post.kind === 'counter' && post !== counter).map(take);
  const takes = single.toSorted((a, b) => Number(b === first) - Number(a === first)).map(take);
  if (here === undefined) return { main: takes, counters };
  const out = [{ do: 'leave' }, { do: 'goHome' }] as const;
  if (here.break !== undefined) return { main: [{ do: 'breakEnd' }, ...out], counters: [] };
  const onPost: Act[] = here.post === undefined ? takes : [{ do: 'breakBegin' }, ...takes];
  return { main: [...onPost, ...out], counters };
}
