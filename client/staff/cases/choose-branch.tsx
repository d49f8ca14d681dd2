import { useEffect, useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { branchesSeen, type BranchListed } from '../home.ts';
import { useSession } from '../session.ts';

/** For those above several branches: where it happened. Nothing for those who belong to one. */
export function ChooseBranch({ branchId, onChoose }: { branchId: string; onChoose: (branchId: string) => void }) {
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const session = useSession();
  const several = session?.branchIds === '*' || (session?.branchIds.length ?? 0) > 1;
  const [branches, setBranches] = useState<readonly BranchListed[]>([]);
  useEffect(() => {
    if (several) void branchesSeen().then(setBranches);
  }, [several]);
  if (branches.length < 2) return null;
  return (
    <label className="field choose-branch">
      <span>{t('filter.branch')}</span>
      <select value={branchId} onChange={(event) => onChoose(event.target.value)}>
        {branches.map(({ id, name }) => (
          <option key={id} value={id}>
            {name[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
