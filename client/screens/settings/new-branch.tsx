import { useState } from 'react';
import { settingsTexts } from '../../i18n/settings.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { useBank } from './bank.ts';
import { ProblemList } from './problem-list.tsx';

export function NewBranch({ onMade }: { onMade: () => void }) {
  const t = useTexts(settingsTexts);
  const bank = useBank();
  const [branchId, setBranchId] = useState('');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const create = async (): Promise<void> => {
    if ((await bank.send({ type: 'branch.create', branchId, kind: 'branch', name: { zh, en } })) === undefined) return;
    toast('done', (language) => translator(settingsTexts, language)('branch.created'));
    onMade();
  };
  return (
    <form
      className="settings-section"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <label className="field">
        <span>{t('branch.id')}</span>
        <input value={branchId} required autoComplete="off" onChange={(event) => setBranchId(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('name.zh')}</span>
        <input value={zh} required onChange={(event) => setZh(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('name.en')}</span>
        <input value={en} required onChange={(event) => setEn(event.target.value)} />
      </label>
      <ProblemList problem={bank.problem} />
      <div className="settings-actions">
        <Button type="submit" variant="primary">
          {t('branch.create')}
        </Button>
      </div>
    </form>
  );
}
