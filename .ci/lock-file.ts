/** The lock file names no registry, holds no version below a known-good floor, and package.json pins every version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

const manifest = read<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json');
const lock = read<{ packages: Record<string, { version?: string; resolved?: string }> }>('package-lock.json');
const floors = read<Record<string, string>>('.ci/version-floors.json');

const problems = [
  ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => `package.json: ${name} is not pinned to an exact version (${version})`),
  ...Object.entries(lock.packages)
    .filter(([, entry]) => entry.resolved !== undefined && /^[a-z+]+:\/\//.test(entry.resolved))
    .map(([path, entry]) => `package-lock.json: ${path} names an address (${entry.resolved})`),
  ...Object.entries(floors).flatMap(([name, floor]) => belowFloor(name, floor)),
];

for (const problem of problems) console.error(problem);
console.log(`${Object.keys(lock.packages).length} locked packages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function belowFloor(name: string, floor: string): string[] {
  const installed = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  if (installed.length === 0) return [`version-floors.json: ${name} is no longer installed; drop its floor`];
  return installed
    .filter(([, { version }]) => compare(version ?? '0.0.0', floor) < 0)
    .map(([path, { version }]) => `${path} ${version} is below ${floor}`);
}

/** By number; a pre-release counts as below its release. */
function compare(left: string, right: string): number {
  const numbers = (version: string): number[] => [...(version.split('-')[0] ?? '').split('.').map(Number), version.includes('-') ? 0 : 1];
  const rights = numbers(right);
  return (
    numbers(left)
      .map((part, index) => part - (rights[index] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}
