import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Neither the branch's zone nor UTC, and half an hour off: a test that leans on the machine's zone fails here.
process.env['TZ'] = 'America/St_Johns';

/** A hub, or many, without a browser: they may run beside each other. */
const days = ['e2e/seeds/**/*.test.ts', 'e2e/advice-morning.test.ts'];
const hubs = ['e2e/contract/**/*.test.ts', 'e2e/{demo,simulated-day,xfs}.test.ts'];

/** One group of projects after another: what works the processor, then hubs that keep time, then browsers, one page load at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        test: {
          name: 'core',
          include: ['{shared,server,client,simulator}/**/*.test.{ts,tsx}'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          maxWorkers: '100%',
          // Loading the same modules anew for each file costs more than the tests; what a module holds is therefore shared by files.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      ...[
        { name: 'days', include: days, groupOrder: 0, maxWorkers: '100%' },
        { name: 'hubs', include: hubs, groupOrder: 1, maxWorkers: '100%' },
        { name: 'browser', include: ['e2e/**/*.test.ts'], exclude: [...days, ...hubs], groupOrder: 2, maxWorkers: 1 },
      ].map(({ groupOrder, ...project }) => ({
        test: {
          ...project,
          isolate: false,
          globalSetup: ['.ci/build.setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder },
        },
      })),
    ],
  },
});
