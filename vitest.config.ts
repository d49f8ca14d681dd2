import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Neither the branch's zone nor UTC, and half an hour off: a test that leans on the machine's zone fails here.
process.env['TZ'] = 'America/St_Johns';

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
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole days of a branch without a browser: nothing else is disturbed by their running beside each other.
        test: {
          name: 'days',
          include: ['e2e/seeds/**/*.test.ts'],
          globalSetup: ['.ci/build.setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/seeds/**'],
          globalSetup: ['.ci/build.setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
