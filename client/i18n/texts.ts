/**
 * Catalogues: flat keys, `{name}` placeholders, `{n}` chooses the plural by Intl.PluralRules. Keys are checked by the
 * compiler, so a missing text is a build error and not a raw key on a wall.
 */
import { type Language, language, languageTag, useLanguage } from './language.ts';

export type Text = string | { readonly one: string; readonly other: string };
export type Catalogue<K extends string = string> = Readonly<Record<K, Text>>;
/** What the second language must have: the same keys. */
export type SameKeys<C extends Catalogue> = Catalogue<Extract<keyof C, string>>;
export type Params = Readonly<Record<string, string | number>>;
export type Texts<K extends string> = Readonly<Record<Language, Catalogue<K>>>;
export type Translate<K extends string> = (key: K, params?: Params) => string;

const plurals = new Map<Language, Intl.PluralRules>();

function pluralOf(text: Text, params: Params | undefined, of: Language): string {
  if (typeof text === 'string') return text;
  let rules = plurals.get(of);
  if (rules === undefined) plurals.set(of, (rules = new Intl.PluralRules(languageTag(of))));
  const count = Number(params?.['n'] ?? 0);
  return rules.select(count) === 'one' ? text.one : text.other;
}

export function say(text: Text, params: Params | undefined, of: Language): string {
  return pluralOf(text, params, of).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params?.[name];
    return value === undefined ? whole : String(value);
  });
}

export function translator<K extends string>(texts: Texts<K>, of: Language = language()): Translate<K> {
  const catalogue = texts[of];
  return (key, params) => say(catalogue[key], params, of);
}

/** For codes the server may yet invent: undefined where the catalogue has none. */
export function lookup(texts: Texts<string>, key: string, params?: Params, of: Language = language()): string | undefined {
  const text: Text | undefined = texts[of][key];
  return text === undefined ? undefined : say(text, params, of);
}

const made = new WeakMap<object, Partial<Record<Language, Translate<never>>>>();

/** Same function for the same catalogue and language, so memoised rows stay memoised. */
export function useTexts<K extends string>(texts: Texts<K>): Translate<K> {
  const of = useLanguage();
  const known = made.get(texts) ?? {};
  made.set(texts, known);
  return (known[of] ??= translator(texts, of) as Translate<never>) as Translate<K>;
}

/** A bank's own names: `{zh, en}` from its configuration. */
export const named = (name: { readonly zh: string; readonly en: string }, of: Language = language()): string => name[of];
