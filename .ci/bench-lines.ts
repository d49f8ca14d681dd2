/** Reads a benchmark's output on stdin: every line that starts with `{` must be JSON with a name and a value, and there must be one. */
import { readFileSync } from 'node:fs';

const lines = readFileSync(0, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'));
const wrong = lines.filter((line) => !isMeasurement(line));
for (const line of wrong) console.error(`not a measurement: ${line}`);
console.log(`${lines.length} measurements, ${wrong.length} malformed`);
process.exitCode = lines.length > 0 && wrong.length === 0 ? 0 : 1;

function isMeasurement(line: string): boolean {
  try {
    const parsed = JSON.parse(line) as { name?: unknown; value?: unknown };
    return typeof parsed.name === 'string' && typeof parsed.value === 'number';
  } catch {
    return false;
  }
}
