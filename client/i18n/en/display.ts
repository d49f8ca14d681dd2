import type { SameKeys } from '../texts.ts';
import type { display as zh } from '../zh/display.ts';

export const display: SameKeys<typeof zh> = {
  'title': 'Calls',
  'calls': 'Now calling',
  'please': '',
  'to': 'to',
  'counter': 'Counter {n}',
  'noCalls': 'No calls yet',
  'noCallsHint': 'Take a number and have a seat. Your number appears here with a chime.',
  'windows': 'Counters',
  'state.closed': 'Closed',
  'state.idle': 'Free',
  'state.calling': 'Calling',
  'state.serving': 'Serving',
  'state.paused': 'Paused',
  'backAt': 'back {time}',
  'services': 'Waiting',
  'waiting': '{n} waiting',
  'wait': 'about {range}',
  'noWindow': 'no counter open',
  'lastNumber': 'No more numbers today. Last number {number}',
  'lastNumberPlain': 'No more numbers today',
  'closed': 'The branch is closed',
  'enableSound': 'Tap the screen to enable sound',
};
