import type { SameKeys } from '../texts.ts';
import type { posts as zh } from '../zh/posts.ts';

export const posts: SameKeys<typeof zh> = {
  'kind.teller': 'Teller',
  'kind.chiefTeller': 'Chief teller',
  'kind.floatingTeller': 'Floating teller',
  'kind.manager': 'Lobby manager',
  'kind.deputyManager': 'Deputy lobby manager',
  'kind.customerManager': 'Customer manager',
  'kind.supervisor': 'Supervisor',
  'kind.head': 'Branch head',
  'kind.guard': 'Guard',
  'post.counter': 'Counter',
  'post.counterN': 'Counter {n}',
  'post.lobby': 'Lobby',
  'post.backOffice': 'Back office',
  'post.guard': 'Guard post',
  'post.floor': 'On the floor',
};
