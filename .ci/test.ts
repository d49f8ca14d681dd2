/** Runs every test (vitest.config.ts says in which order); ends with the line `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonTestResults } from 'vitest/reporters';

const root = join(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'counterflow-test-'));
const report = join(directory, 'report.json');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
const { passed, failed: told } = count(report);
// A run can fail outside any test (an import, a hook, a rejection nobody awaited): that counts as one failure.
const failed = status !== 0 && told === 0 ? 1 : told;

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
