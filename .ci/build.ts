/** `tsx .ci/build.ts` builds everything, `tsx .ci/build.ts --missing` only what changed. */
import { buildMissing } from './build-missing.ts';

try {
  buildMissing(!process.argv.includes('--missing'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
