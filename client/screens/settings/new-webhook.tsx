import { useState } from 'react';
import { settingsTexts } from '../../i18n/settings.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import type { Bank } from './bank.ts';

/** Single event types are for the interface; people choose by subject. */
const topics = ['case.*', 'machine.*', 'people.*', 'advice.*', 'emergency'] as const;

/** The form, and the signing secret once it is made: told now and never again. */
export function NewWebhook({ branchId, send }: { branchId: string; send: Bank['send'] }) {
  const t = useTexts(settingsTexts);
  const [webhookId, setWebhookId] = useState('');
  const [url, setUrl] = useState('');
  const [everywhere, setEverywhere] = useState(true);
  const [types, setTypes] = useState<readonly string[]>(['case.*', 'machine.*']);
  const [silent, setSilent] = useState(false);
  const [secret, setSecret] = useState<string>();
  const create = async (): Promise<void> => {
    const result = await send({
      type: 'webhook.create',
      webhookId,
      url,
      branches: everywhere ? '*' : [branchId],
      types: [...types],
      silent,
    });
    const told = result?.['secret'];
    if (typeof told !== 'string') return;
    setSecret(told);
    setWebhookId('');
    setUrl('');
    setSilent(false);
  };
  return (
    <>
      <form
        className="settings-new"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <label className="field">
          <span>{t('webhook.id')}</span>
          <input value={webhookId} required autoComplete="off" onChange={(event) => setWebhookId(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('webhook.url')}</span>
          <input
            type="url"
            value={url}
            required
            autoComplete="off"
            placeholder="https://"
            onChange={(event) => setUrl(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{t('webhook.branches')}</span>
          <select value={everywhere ? 'all' : 'one'} onChange={(event) => setEverywhere(event.target.value === 'all')}>
            <option value="all">{t('webhook.allBranches')}</option>
            <option value="one">{t('webhook.thisBranch', { branch: branchId })}</option>
          </select>
        </label>
        <fieldset className="webhook-types">
          <legend>{t('webhook.types')}</legend>
          {topics.map((topic) => (
            <label key={topic}>
              <input
                type="checkbox"
                checked={types.includes(topic)}
                onChange={(event) => setTypes(event.target.checked ? [...types, topic] : types.filter((one) => one !== topic))}
              />
              {t(`webhook.topic.${topic}`)}
            </label>
          ))}
          <label>
            <input type="checkbox" checked={silent} onChange={(event) => setSilent(event.target.checked)} />
            {t('webhook.silentToo')}
          </label>
        </fieldset>
        <Button type="submit" variant="primary" disabled={types.length === 0}>
          {t('webhook.create')}
        </Button>
      </form>
      {secret === undefined ? null : (
        <div className="settings-token" role="status">
          <p>{t('webhook.secret')}</p>
          <code>{secret}</code>
        </div>
      )}
    </>
  );
}
