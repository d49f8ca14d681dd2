/** One plain page for everything that is configured: sections of a branch, files, and (administrators) accounts and devices. */
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { settingsTexts } from '../../i18n/settings.ts';
import { useLanguage } from '../../i18n/language.ts';
import { named, useTexts } from '../../i18n/texts.ts';
import { type BranchListed, branchesSeen } from '../../staff/home.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { useSession } from '../../staff/session.ts';
import { AdviceSettings } from './advice-settings.tsx';
import { Accounts } from './accounts.tsx';
import { sections, useConfiguration } from './configuration.ts';
import { Devices } from './devices.tsx';
import { Files } from './files.tsx';
import { NewBranch } from './new-branch.tsx';
import { ProblemList } from './problem-list.tsx';
import { NameEditor, SectionEditor } from './section-editor.tsx';
import { Tuning } from './tuning.tsx';
import { Webhooks } from './webhooks.tsx';
import './settings.css';

const route = getRouteApi('/settings');
const adminTabs = ['accounts', 'devices', 'webhooks', 'branches'] as const;
type Tab = (typeof sections)[number] | 'files' | (typeof adminTabs)[number];

export function SettingsScreen() {
  const t = useTexts(settingsTexts);
  const language = useLanguage();
  const session = useSession();
  const [branches, setBranches] = useState<readonly BranchListed[]>();
  const [chosen, setChosen] = useState<string>();
  const asked = route.useSearch().tab;
  const [tab, setTab] = useState<Tab>(asked === 'advice' ? 'advice' : 'name');
  const admin = session?.role === 'admin';
  const reload = useCallback(async () => setBranches(await branchesSeen()), []);
  useEffect(() => void reload(), [reload]);
  const branchId = chosen ?? branches?.[0]?.id;
  const tabs: readonly Tab[] = [...(branchId === undefined ? [] : [...sections, 'files' as const]), ...(admin ? adminTabs : [])];
  const shown = tabs.includes(tab) ? tab : tabs[tabs.length - 1];
  return (
    <main className="settings">
      <header className="strip">
        <StaffMenu />
        <h1>{t('title')}</h1>
        {branches === undefined || branches.length === 0 ? null : (
          <label className="settings-branch">
            <span>{t('branch')}</span>
            <select value={branchId} onChange={(event) => setChosen(event.target.value)}>
              {branches.map((branch) => (
                <option key={branch.id} value={branch.id}>
                  {named(branch.name, language)}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <nav className="settings-tabs" aria-label={t('title')}>
        {tabs.map((one) => (
          <button key={one} type="button" aria-current={one === shown ? 'page' : undefined} onClick={() => setTab(one)}>
            {t(`tab.${one}`)}
          </button>
        ))}
      </nav>
      <section className="settings-body">
        {branches === undefined || shown === undefined ? (
          <p className="muted">{t('loading')}</p>
        ) : shown === 'branches' ? (
          <NewBranch onMade={() => void reload()} />
        ) : branchId === undefined ? null : (
          <Body key={`${branchId} ${shown}`} branchId={branchId} tab={shown} admin={admin} />
        )}
      </section>
    </main>
  );
}

function Body({ branchId, tab, admin }: { branchId: string; tab: Exclude<Tab, 'branches'>; admin: boolean }) {
  const t = useTexts(settingsTexts);
  const { loaded, problem, save, reload } = useConfiguration(branchId);
  // The administrator sets the branch up; its thresholds are the head's.
  const tunes = useSession()?.role === 'head';
  if (tab === 'accounts') return <Accounts branchId={branchId} />;
  if (tab === 'devices') return <Devices branchId={branchId} />;
  if (tab === 'webhooks') return <Webhooks branchId={branchId} />;
  if (problem?.status === 403) return <p>{t('forbidden')}</p>;
  if (loaded === undefined) return problem === undefined ? <p className="muted">{t('loading')}</p> : <ProblemList problem={problem} />;
  return (
    <>
      <h2>{t(`tab.${tab}`)}</h2>
      {loaded.configured ? null : <p className="settings-note">{t('notConfigured')}</p>}
      {tab === 'files' ? (
        <Files branchId={branchId} loaded={loaded} save={save} admin={admin} />
      ) : tab === 'advice' ? (
        <>
          <AdviceSettings key={JSON.stringify(loaded.config.advice)} loaded={loaded} save={save} />
          {tunes ? <Tuning branchId={branchId} onAdopted={reload} /> : null}
        </>
      ) : tab === 'name' ? (
        <NameEditor loaded={loaded} save={save} />
      ) : (
        <SectionEditor section={tab} loaded={loaded} save={save} />
      )}
    </>
  );
}
