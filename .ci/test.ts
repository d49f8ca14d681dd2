/** Runs unit and integration tests beside whole days of a branch, then end-to-end tests; ends with the line `N passed, N failed` over both. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonTestResults } from 'vitest/reporters';

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'counterflow-test-'));
const extra = process.argv.slice(2);
let passed = 0;
let failed = 0;

for (const projects of [['core', 'days'], ['e2e']]) {
  const report = join(directory, `${projects.join('-')}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const chosen = projects.flatMap((project) => ['--project', project]);
  const args = ['run', ...chosen, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, ...args, ...extra], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const counted = count(report);
  passed += counted.passed;
  // A run can fail outside any test (an import, a hook, a rejection nobody awaited): that counts as one failure.
  failed += status !== 0 && counted.failed === 0 ? 1 : counted.failed;
}

rmSync(directory, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function count(report: string): { passed: number; failed: number } {
  try {
    const results = JSON.parse(readFileSync(report, 'utf8')) as JsonTestResults;
    const brokenFiles = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
    return { passed: results.numPassedTests, failed: results.numFailedTests + brokenFiles };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
