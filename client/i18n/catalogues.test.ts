import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { barSentences } from '../../shared/branch/people/bars.ts';

const here = import.meta.dirname;
const screens = readdirSync(`${here}/zh`).map((file) => file.replace(/\.ts$/, ''));

async function leaves(language: string, screen: string): Promise<Map<string, string[]>> {
  const module: Record<string, unknown> = await import(`./${language}/${screen}.ts`);
  const catalogue = module[screen.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] as Record<
    string,
    string | { one: string; other: string }
  >;
  return new Map(Object.entries(catalogue).map(([key, text]) => [key, typeof text === 'string' ? [text] : [text.one, text.other]]));
}

const placeholders = (texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')))].sort();

describe('the catalogues', () => {
  test('exist for every screen in both languages', () => {
    expect(readdirSync(`${here}/en`).sort()).toEqual(readdirSync(`${here}/zh`).sort());
  });

  test.each(screens)('%s says the same in Chinese and English: same keys, same placeholders, no text missing', async (screen) => {
    const zh = await leaves('zh', screen);
    const en = await leaves('en', screen);
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, texts] of zh) {
      const others = en.get(key) ?? [];
      // A word one language needs and the other does not may be empty, never both.
      expect([...texts, ...others].join('').trim(), key).not.toBe('');
      for (const text of [...texts, ...others]) {
        expect(text.replace(/\{\w+\}/g, ''), `${key}: a placeholder is written {name}`).not.toMatch(/[{}]/);
      }
      expect(placeholders(others), key).toEqual(placeholders(texts));
    }
  });
});

const root = `${here}/../..`;
const sources = ['shared', 'server'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture|child)\.ts$/.test(file))
    .map((file) => readFileSync(`${root}/${folder}/${file}`, 'utf8')),
);

test('every refusal of the rules has its sentence in both languages', async () => {
  const codes = new Set(
    sources.flatMap((source) => [...source.matchAll(/\brefuse\(\s*'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? '')),
  );
  for (const code of Object.keys(barSentences)) codes.add(code);
  expect(codes.size).toBeGreaterThan(40);
  const known = await leaves('zh', 'errors');
  expect([...codes].filter((code) => !known.has(code)).sort()).toEqual([]);
});
