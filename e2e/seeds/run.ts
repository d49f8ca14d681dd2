/** `npm run seeds -- --count 500 --from 1`: plays that many days and prints each; exits 1 when an invariant broke. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBank } from './bank.ts';
import { runDay } from './run-day.ts';
import { scratch } from './scratch.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '50' }, from: { type: 'string', default: '1' } } });
const folder = mkdtempSync(join(scratch(), 'counterflow-seeds-'));
let failed = 0;
try {
  const bank = await makeBank(join(folder, 'bank'));
  const from = Number(values.from);
  for (let seed = from; seed < from + Number(values.count); seed += 1) {
    const { broken, events, tickets, summary, ms } = await runDay(seed, bank, folder);
    if (broken.length > 0) failed += 1;
    console.log(
      `seed ${seed}: ${broken.length === 0 ? 'ok' : 'BROKEN'}, ${tickets} tickets, ${events} events, ${Math.round(ms)} ms; ${summary}`,
    );
    for (const problem of broken) console.log(`  seed ${seed}: ${problem}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${failed} of ${values.count} days broke an invariant`);
process.exitCode = failed === 0 ? 0 : 1;
