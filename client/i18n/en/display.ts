import type { SameKeys } from '../texts.ts';
import type { display as zh } from '../zh/display.ts';

export const display: SameKeys<typeof zh> = {
  'calls.title': 'Now calling',
  'calls.recent': 'Called before',
  'calls.please': 'Number',
  'calls.to': 'please go to',
  'calls.counter': 'counter #',
  'calls.none': 'No calls yet',
  'calls.hint': 'Take a number and have a seat. Your number appears here with a chime.',
  'windows.title': 'Counters',
  'windows.paused': 'Paused',
  'windows.backAt': 'back {time}',
  'services.title': 'Waiting',
  'services.waiting': '{n}',
  'services.wait': 'wait {range}',
  'services.noWindow': 'no counter open',
  'services.now': 'no wait',
  'day.lastNumber': 'No more numbers today. The last one is {number}; everyone holding a number will be served.',
  'day.lastNumberPlain': 'No more numbers today. Everyone holding a number will be served.',
  'day.closed': 'The branch is closed',
  'sound.enable': 'Tap the screen to enable sound',
};
