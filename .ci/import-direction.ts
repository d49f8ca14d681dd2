/** Imports point one way: client → shared ← server. Lists each import that points another way and exits 1. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const root = join(import.meta.dirname, '..');
const FOLDERS = ['shared', 'server', 'client', 'simulator', 'bench', 'e2e'];
const files = FOLDERS.flatMap((folder) => sourcesUnder(folder));
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const problems = files.flatMap((file) => (imports.get(file) ?? []).flatMap((found) => problemOf(file, found) ?? []));

for (const problem of problems) console.error(problem);
console.log(`${files.length} files, ${problems.length} imports in the wrong direction`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;

function problemOf(file: string, { target, typeOnly }: Import): string | undefined {
  const rule = ruleBroken(file, target, typeOnly);
  return rule && `${file} imports ${target}: ${rule}`;
}

function ruleBroken(file: string, target: string, typeOnly: boolean): string | undefined {
  const test = /\.test\.tsx?$/.test(file) || file.startsWith('shared/branch/testing/');
  const from = (folder: string): boolean => file.startsWith(folder);
  const to = (...folders: string[]): boolean => folders.some((folder) => target.startsWith(folder));
  const outside = !to(...FOLDERS.map((folder) => `${folder}/`));

  if (from('shared/')) {
    const allowed =
      to('shared/') || (outside && (target === 'zod' || (test && (isBuiltin(target) || ['vitest', 'fast-check'].includes(target)))));
    if (!allowed) return 'shared/ imports only shared/ and zod';
    if (from('shared/branch/') && !test && !typeOnly && reachesZod(target))
      return 'the branch core has no zod at run time (use `import type`)';
  }
  if (from('server/') && to('client/', 'simulator/', 'bench/', 'e2e/')) return 'server/ imports only server/ and shared/';
  if (from('server/platform/') && to('server/') && !to('server/platform/')) return 'platform/ knows no other part of the server';
  if (from('server/store/') && to('server/') && !to('server/platform/', 'server/store/')) return 'store/ knows only platform/';
  if (from('server/xfs/') && to('server/') && !to('server/platform/', 'server/xfs/'))
    return 'the connector knows the hub only through HTTP';
  if (from('server/xfs/') && to('shared/') && !to('shared/contract/')) return 'the connector knows only shared/contract';
  if (from('server/') && !from('server/xfs/') && to('server/xfs/')) return 'the connector is a process of its own';
  if (from('client/')) {
    if (to('server/', 'simulator/', 'bench/', 'e2e/')) return 'client/ imports only client/ and shared/';
    if (isBuiltin(target) && !test) return 'a browser has no Node modules';
    if (!test && !typeOnly && reachesZod(target)) return 'a page loads no zod (use `import type`)';
    const screen = (path: string): string | undefined => /^client\/screens\/([^/.]+)/.exec(path)?.[1];
    if (screen(file) && screen(target) && screen(file) !== screen(target)) return 'screens never import each other';
    const shell = from('client/entries/') || from('client/staff/');
    if (!screen(file) && !shell && to('client/screens/', 'client/entries/')) return 'only the entries and the staff shell import screens';
    if (screen(file) && to('client/entries/')) return 'screens do not import entries';
  }
  if (from('simulator/') || from('bench/') || from('e2e/')) {
    const core = from('e2e/') && to('shared/branch/', 'shared/aggregate', 'shared/ordered-map');
    // A day in virtual time and a log made without HTTP need the hub in their own process.
    const inside = from('e2e/seeds/') || /^bench\/(advice|virtual|waits)\//.test(file) || /^bench\/generate-[a-z]+\.ts$/.test(file);
    if (inside && to('server/', 'shared/')) return undefined;
    // Forecasts are measured on files of calls, or on the state of a branch, without a hub.
    if (/^bench\/(forecast|windows)\//.test(file) && to('shared/forecast/', 'shared/branch/testing/')) return undefined;
    if (to('server/', 'client/') || (to('shared/') && !to('shared/contract/') && !core)) return 'only the public API and shared/contract';
    if (from('simulator/') && to('bench/', 'e2e/')) return 'the simulator knows neither bench/ nor e2e/';
  }
  return undefined;
}

/** Whether loading `target` loads zod, itself or through what it imports. */
function reachesZod(target: string, seen = new Set<string>()): boolean {
  if (target === 'zod' || target.startsWith('zod/')) return true;
  if (seen.has(target)) return false;
  seen.add(target);
  return (imports.get(target) ?? []).some((next) => !next.typeOnly && reachesZod(next.target, seen));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const statements = [
    ...module.staticImports.map((entry) => ({ value: entry.moduleRequest.value, start: entry.start })),
    ...module.staticExports.flatMap(({ entries, start }) =>
      entries.flatMap((entry) => (entry.moduleRequest ? [{ value: entry.moduleRequest.value, start }] : [])),
    ),
  ];
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end));
  return [
    ...statements.map(({ value, start }) => ({
      target: resolved(file, value),
      typeOnly: /^(import|export)\s+type\b/.test(text.slice(start, start + 40)),
    })),
    ...dynamic.filter((value) => /^['"`]/.test(value)).map((value) => ({ target: resolved(file, value.slice(1, -1)), typeOnly: false })),
  ];
}

function resolved(file: string, request: string): string {
  return request.startsWith('.') ? relative(root, join(root, dirname(file), request)) : request;
}

function sourcesUnder(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}
