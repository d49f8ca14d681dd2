/** Stands before a device page: pairing, connecting, access ended; then the page itself with its device. */
import { useEffect, useState } from 'react';
import { deviceTexts } from '../i18n/device.ts';
import { type Language, setLanguage, useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { type Device, type DeviceState, startDevice } from './device.ts';
import { type DeviceKind, deviceToken, pairDevice } from './token.ts';
import './device.css';

export function DeviceGate({ kind, children }: { kind: DeviceKind; children: (device: Device) => React.ReactNode }) {
  const [token, setToken] = useState(() => deviceToken(kind));
  const [state, setState] = useState<DeviceState>({ state: 'connecting' });

  useEffect(() => {
    const paired = (): void => setToken(deviceToken(kind));
    window.addEventListener('hashchange', paired);
    return () => window.removeEventListener('hashchange', paired);
  }, [kind]);

  useEffect(() => (token === undefined ? undefined : startDevice(token, setState)), [token]);

  const pair = (given: string): void => {
    pairDevice(kind, given);
    setToken(given);
  };
  if (token === undefined) return <Notice kind={kind} say="unpaired" onPair={pair} />;
  if (state.state === 'ready') return children(state.device);
  if (state.state === 'denied') return <Notice kind={kind} say="denied" onPair={pair} />;
  return <Notice kind={kind} say={state.state} />;
}

function Notice({
  kind,
  say,
  onPair,
}: {
  kind: DeviceKind;
  say: 'unpaired' | 'denied' | 'connecting' | 'unreachable';
  onPair?: (token: string) => void;
}) {
  const t = useTexts(deviceTexts);
  const other: Language = useLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <main className="device-notice" data-state={say}>
      <h1>{t(`${say}.title`)}</h1>
      <p>{t(`${say}.body`, { address: `${window.location.origin}/${kind}#TOKEN` })}</p>
      {onPair === undefined ? null : <PairForm onPair={onPair} />}
      <Button lang={other} onPress={() => setLanguage(other)}>
        {t('language')}
      </Button>
    </main>
  );
}

function PairForm({ onPair }: { onPair: (token: string) => void }) {
  const t = useTexts(deviceTexts);
  const [typed, setTyped] = useState('');
  return (
    <form
      className="device-pair"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onPair(typed.trim());
      }}
    >
      <label className="field">
        <span>{t('pair.token')}</span>
        <input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </label>
      <Button type="submit" variant="primary">
        {t('pair.go')}
      </Button>
    </form>
  );
}
