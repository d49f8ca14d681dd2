import { useEffect, useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { type CaseSearch, caseViews } from '../../staff/cases/case-search.ts';
import { ranks } from '../../staff/cases/case-words.tsx';
import type { BranchListed } from '../../staff/home.ts';

const kinds = ['complaint', 'incident', 'machineFault', 'emergency', 'suggestion', 'praise'] as const;
const TYPING_MS = 350;

export function CaseFilters({
  search,
  q,
  branches,
  onChange,
  onSearch,
}: {
  search: CaseSearch;
  /** What is searched for; empty for nothing. */
  q: string;
  branches: readonly BranchListed[];
  onChange: (change: CaseSearch) => void;
  onSearch: (q: string) => void;
}) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const view = search.view ?? 'open';
  return (
    <div className="cases-filters">
      <div className="choices cases-views" role="group" aria-label={t('filter.label')}>
        {caseViews.map((one) => (
          <button
            key={one}
            type="button"
            className="choice"
            aria-pressed={one === view}
            data-view={one}
            onClick={() => onChange({ view: one })}
          >
            {t(`filter.${one}`)}
          </button>
        ))}
      </div>
      <div className="cases-narrow">
        <SearchBox q={q} onChange={onSearch} />
        <select
          aria-label={t('filter.kind')}
          value={search.kind ?? ''}
          onChange={(event) => onChange({ kind: kinds.find((one) => one === event.target.value) } as CaseSearch)}
        >
          <option value="">{t('filter.anyKind')}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('filter.severity')}
          value={search.severity ?? ''}
          onChange={(event) => onChange({ severity: Number(event.target.value) || undefined } as CaseSearch)}
        >
          <option value="">{t('filter.anySeverity')}</option>
          {ranks.map((one) => (
            <option key={one} value={one}>
              {t(`severity.${one}`)}
            </option>
          ))}
        </select>
        {branches.length > 1 ? (
          <select
            aria-label={t('filter.branch')}
            value={search.branch ?? ''}
            onChange={(event) => onChange({ branch: event.target.value === '' ? undefined : event.target.value } as CaseSearch)}
          >
            <option value="">{t('filter.anyBranch')}</option>
            {branches.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </select>
        ) : null}
      </div>
    </div>
  );
}

function SearchBox({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const t = useTexts(casesTexts);
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, q, onChange]);
  return (
    <input
      type="search"
      className="cases-search"
      aria-label={t('search')}
      placeholder={t('search.hint')}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
