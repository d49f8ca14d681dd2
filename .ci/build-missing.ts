/** Builds the client and the server where their sources have changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COMMON = ['shared', 'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts'];
const TARGETS = [
  { name: 'client', sources: ['client', ...COMMON], result: 'dist/client/index.html', args: [] },
  { name: 'server', sources: ['server', ...COMMON], result: 'dist/server/main.js', args: ['--ssr', 'server/main.ts'] },
  {
    name: 'xfs',
    sources: ['server/xfs', 'server/platform', ...COMMON],
    result: 'dist/xfs/main.js',
    args: ['--ssr', 'server/xfs/main.ts', '--outDir', 'dist/xfs', '--emptyOutDir'],
  },
  {
    // A thread is a file of its own.
    name: 'forecaster',
    sources: ['server/forecast', 'server/platform', ...COMMON],
    result: 'dist/forecaster/thread.js',
    args: ['--ssr', 'server/forecast/thread.ts', '--outDir', 'dist/forecaster', '--emptyOutDir'],
  },
  {
    name: 'solver',
    sources: ['server/roster', ...COMMON],
    result: 'dist/solver/worker.js',
    args: ['--ssr', 'server/roster/worker.ts', '--outDir', 'dist/solver', '--emptyOutDir'],
  },
];
const root = join(import.meta.dirname, '..');

/** Throws where a build fails. A build cut short leaves no stamp, so that it is done again. */
export function buildMissing(force = false): void {
  for (const target of TARGETS) {
    const stamp = join(root, 'dist', `.${target.name}-built-from`);
    const digest = digestOf(target.sources);
    const fresh = existsSync(join(root, target.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
    if (fresh && !force) continue;
    writeFileSync(ensureParent(stamp), 'building');
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...target.args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (built.status !== 0) throw new Error(`the ${target.name} did not build`);
    writeFileSync(stamp, digest);
  }
}

function digestOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(source))) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const names = readdirSync(full).toSorted();
  return names.filter((name) => !/\.test\.tsx?$/.test(name)).flatMap((name) => filesUnder(join(path, name)));
}

function ensureParent(path: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  return path;
}
