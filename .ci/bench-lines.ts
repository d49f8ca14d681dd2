/** Reads a benchmark's output on stdin: every line that starts with `{` must be JSON and measure something, and there must be one. */
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
    const { name, value, bench, ...figures } = JSON.parse(line) as { name?: unknown; value?: unknown; bench?: unknown };
    if (typeof name === 'string') return typeof value === 'number';
    // A benchmark on files of one's own prints several figures a line.
    return typeof bench === 'string' && [value, ...Object.values(figures)].some((figure) => typeof figure === 'number');
  } catch {
    return false;
  }
}
