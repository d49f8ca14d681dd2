import { DEMO_PASSWORD, DEMO_PIN } from '../people/cast.ts';
import type { DemoOptions } from './options.ts';

/** What a visitor needs to know: addresses, accounts, device pages. */
export function welcome(baseUrl: string, options: DemoOptions): string[] {
  const { speed, seed, dataDir, still, replay } = options;
  const who =
    replay !== undefined
      ? `replaying ${replay.date}`
      : still
        ? 'nobody virtual: the branch waits for you'
        : `virtual customers, tellers and machines, seed ${seed}`;
  return [
    '',
    `  Counterflow demo   ${baseUrl}`,
    `  ${who}; hub time runs at ${speed} ×; data in ${dataDir}`,
    '',
    `  Staff     ${baseUrl}/            manager, teller1 … teller12, head, region, admin; password ${DEMO_PASSWORD}`,
    `  Floor     ${baseUrl}/floor/hq-01`,
    `  Kiosk     ${baseUrl}/kiosk#demo-kiosk`,
    `  Display   ${baseUrl}/display#demo-display`,
    `  Terminal  ${baseUrl}/terminal#demo-terminal      staff sign on to posts; everybody's PIN is ${DEMO_PIN}`,
    '  Sign in as a teller and act: the virtual one leaves that window to you for five minutes after each act.',
    '  Advice on the floor board waits ten seconds for you, then the virtual lobby manager takes it up; once you decide, it is yours for five minutes.',
    '  Ctrl-C ends everything.',
    '',
  ];
}
