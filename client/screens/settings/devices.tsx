import { useState } from 'react';
import type { DeviceKind } from '../../../shared/bank/bank.commands.ts';
import { settingsTexts } from '../../i18n/settings.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import { useBank } from './bank.ts';
import { ProblemList } from './problem-list.tsx';

const everyKind: Record<DeviceKind, true> = { kiosk: true, display: true, machine: true, terminal: true };
const deviceKinds = Object.keys(everyKind) as DeviceKind[];

interface Made {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly token: string;
}

export function Devices({ branchId }: { branchId: string }) {
  const t = useTexts(settingsTexts);
  const bank = useBank();
  const [deviceId, setDeviceId] = useState('');
  const [kind, setKind] = useState<DeviceKind>('kiosk');
  const [made, setMade] = useState<Made>();
  const [asked, setAsked] = useState<string>();
  const create = async (): Promise<void> => {
    const result = await bank.send({ type: 'device.create', deviceId, kind, branchId });
    const token = result?.['token'];
    if (typeof token !== 'string') return;
    setMade({ deviceId, kind, token });
    setDeviceId('');
  };
  const devices = bank.view?.devices.filter((device) => device.branchId === branchId) ?? [];
  return (
    <div className="settings-section">
      <form
        className="settings-new"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <label className="field">
          <span>{t('device.id')}</span>
          <input value={deviceId} required autoComplete="off" onChange={(event) => setDeviceId(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('device.kind')}</span>
          <select value={kind} onChange={(event) => setKind(deviceKinds.find((one) => one === event.target.value) ?? 'kiosk')}>
            {deviceKinds.map((one) => (
              <option key={one} value={one}>
                {t(`device.kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" variant="primary">
          {t('device.create')}
        </Button>
      </form>
      <ProblemList problem={bank.problem} />
      {made === undefined ? null : (
        <div className="settings-token" role="status">
          <p>{t('device.token')}</p>
          <code>{made.kind === 'machine' ? made.token : `${window.location.origin}/${made.kind}#${made.token}`}</code>
        </div>
      )}
      {devices.length === 0 ? <p className="muted">{t('device.none')}</p> : null}
      <ul className="settings-list">
        {devices.map((device) => (
          <li key={device.id}>
            <span>
              <b>{device.id}</b> <small className="muted">{t(`device.kind.${device.kind}`)}</small>
            </span>
            {device.revokedAt !== undefined ? (
              <span className="muted">{t('device.revoked')}</span>
            ) : asked === device.id ? (
              <>
                <span>{t('device.revokeAsk')}</span>
                <Button variant="danger" onPress={() => bank.send({ type: 'device.revoke', deviceId: device.id })}>
                  {t('device.revoke')}
                </Button>
              </>
            ) : (
              <Button onPress={() => setAsked(device.id)}>{t('device.revoke')}</Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
