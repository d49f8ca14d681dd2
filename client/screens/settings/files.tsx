import { useState } from 'react';
import { settingsTexts } from '../../i18n/settings.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { newCommandId } from '../../live/ids.ts';
import { api } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { type Configuration, type Loaded, type Section, sections } from './configuration.ts';
import { ProblemList } from './problem-list.tsx';

type Sections = Partial<Record<Section, unknown>>;

const done = (): void => toast('done', (language) => translator(settingsTexts, language)('file.done'));

async function readJson(file: File): Promise<Readonly<Record<string, unknown>> | string> {
  try {
    const value: unknown = JSON.parse(await file.text());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : '{…}';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function download(branchId: string, loaded: Loaded): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(loaded.config, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${branchId}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

function FilePick({ label, onFile }: { label: string; onFile: (content: Readonly<Record<string, unknown>>) => void }) {
  const t = useTexts(settingsTexts);
  const [fault, setFault] = useState<string>();
  return (
    <>
      <label className="field">
        <span>{label}</span>
        <input
          type="file"
          accept="application/json,.json"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file === undefined) return;
            void readJson(file).then((content) => {
              setFault(typeof content === 'string' ? content : undefined);
              if (typeof content !== 'string') onFile(content);
            });
          }}
        />
      </label>
      {fault === undefined ? null : <p className="form-problem">{t('json.invalid', { message: fault })}</p>}
    </>
  );
}

export function Files({
  branchId,
  loaded,
  save,
  admin,
}: {
  branchId: string;
  loaded: Loaded;
  save: Configuration['save'];
  admin: boolean;
}) {
  const t = useTexts(settingsTexts);
  const [chosen, setChosen] = useState<Sections>();
  const [problem, setProblem] = useState<Problem>();
  const names = sections.filter((section) => chosen !== undefined && section in chosen);
  const apply = async (): Promise<void> => {
    const refused = await save(Object.fromEntries(names.map((name) => [name, chosen?.[name]])));
    setProblem(refused);
    if (refused !== undefined) return;
    setChosen(undefined);
    done();
  };
  return (
    <div className="settings-section">
      <Button onPress={() => download(branchId, loaded)}>{t('file.export')}</Button>
      <h3>{t('file.import')}</h3>
      <p className="muted">{t('file.importHint')}</p>
      <FilePick label={t('file.choose')} onFile={setChosen} />
      {chosen !== undefined && names.length === 0 ? <p className="form-problem">{t('file.noSection')}</p> : null}
      {names.length === 0 ? null : (
        <Button variant="primary" onPress={apply}>
          {t('file.apply', { sections: names.map((name) => t(`tab.${name}`)).join('、') })}
        </Button>
      )}
      <ProblemList problem={problem} />
      {admin ? <BankImport /> : null}
    </div>
  );
}

interface Imported {
  readonly branches: readonly { readonly id: string; readonly tokens: Readonly<Record<string, string>> }[];
}

function BankImport() {
  const t = useTexts(settingsTexts);
  const [problem, setProblem] = useState<Problem>();
  const [tokens, setTokens] = useState<readonly (readonly [string, string])[]>([]);
  const load = async (content: Readonly<Record<string, unknown>>): Promise<void> => {
    const answer = await api.send<Imported>('POST', '/api/import', { id: newCommandId(), ...content });
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    setTokens(answer.value.branches.flatMap((branch) => Object.entries(branch.tokens)));
    done();
  };
  return (
    <>
      <h3>{t('file.bank')}</h3>
      <p className="muted">{t('file.bankHint')}</p>
      <FilePick label={t('file.choose')} onFile={(content) => void load(content)} />
      <ProblemList problem={problem} />
      {tokens.map(([device, token]) => (
        <p key={device} className="settings-token">
          {device} <code>{token}</code>
        </p>
      ))}
    </>
  );
}
