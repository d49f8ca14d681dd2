/** Everything a change must pass, each step with its duration; ends with `N passed, N failed` (every test and every step counts). */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const STEPS = [
  ['format', 'format:check'],
  ['lint', 'lint'],
  ['import direction', 'imports'],
  ['types', 'types'],
  ['dead code', 'dead'],
  ['lock file and version floors', 'locks'],
  ['build', 'build'],
  ['sizes', 'sizes'],
  ['tests', 'test'],
] as const;

let passed = 0;
let failed = 0;
for (const [name, script] of STEPS) {
  console.log(`\n== ${name}`);
  const startedAt = performance.now();
  const { status, lastLine } = await run(script);
  const tests = /^(\d+) passed, (\d+) failed$/.exec(lastLine);
  passed += tests ? Number(tests[1]) : Number(status === 0);
  failed += tests ? Number(tests[2]) : Number(status !== 0);
  if (tests && status !== 0 && Number(tests[2]) === 0) failed += 1;
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Shows the script's output as it comes and keeps its last line. */
function run(script: string): Promise<{ status: number | null; lastLine: string }> {
  return new Promise((done, reject) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-2000);
    });
    child.on('error', reject).on('close', (status) => done({ status, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' }));
  });
}
