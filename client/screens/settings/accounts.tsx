import { useState } from 'react';
import type { StaffRole } from '../../../shared/bank/bank.commands.ts';
import { settingsTexts } from '../../i18n/settings.ts';
import { staffTexts } from '../../i18n/staff.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Button } from '../../ui/button.tsx';
import { type Bank, type BankView, useBank } from './bank.ts';
import { ProblemList } from './problem-list.tsx';

/** As a record, so that none is forgotten; the list itself would bring the schema library along. */
const everyRole: Record<StaffRole, true> = {
  teller: true,
  guard: true,
  manager: true,
  head: true,
  regional: true,
  headOffice: true,
  admin: true,
};
const staffRoles = Object.keys(everyRole) as StaffRole[];

export function Accounts({ branchId }: { branchId: string }) {
  const t = useTexts(settingsTexts);
  const bank = useBank();
  if (bank.view === undefined) return <ProblemList problem={bank.problem} />;
  return (
    <div className="settings-section">
      <ProblemList problem={bank.problem} />
      <NewAccount bank={bank} branchId={branchId} />
      <div className="settings-table">
        <table>
          <thead>
            <tr>
              <th>{t('account.username')}</th>
              <th>{t('account.name')}</th>
              <th>{t('account.role')}</th>
              <th>{t('account.branches')}</th>
              <th>{t('account.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {bank.view.accounts.map((account) => (
              <AccountRow key={account.username} account={account} bank={bank} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function AccountRow({ account, bank }: { account: BankView['accounts'][number]; bank: Bank }) {
  const t = useTexts(settingsTexts);
  const staff = useTexts(staffTexts);
  const { username, disabled } = account;
  const [password, setPassword] = useState<string>();
  return (
    <tr data-disabled={disabled}>
      <td>
        <b>{username}</b> {disabled ? <small className="muted">{t('account.disabled')}</small> : null}
      </td>
      <td>{account.name}</td>
      <td>{staff(`role.${account.role}`)}</td>
      <td>{account.branches.join(', ')}</td>
      <td>
        <div className="settings-row-actions">
          {password === undefined ? (
            <Button variant="quiet" onPress={() => setPassword('')}>
              {t('account.setPassword')}
            </Button>
          ) : (
            <>
              <input
                className="settings-inline"
                type="password"
                autoComplete="new-password"
                aria-label={t('account.password')}
                placeholder={t('account.password')}
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
              <Button
                onPress={async () => {
                  if ((await bank.send({ type: 'account.setPassword', username, password })) !== undefined) setPassword(undefined);
                }}
              >
                {t('save')}
              </Button>
            </>
          )}
          <Button
            variant={disabled ? 'plain' : 'danger'}
            onPress={() => bank.send({ type: disabled ? 'account.enable' : 'account.disable', username })}
          >
            {t(disabled ? 'account.enable' : 'account.disable')}
          </Button>
        </div>
      </td>
    </tr>
  );
}

function NewAccount({ bank, branchId }: { bank: Bank; branchId: string }) {
  const t = useTexts(settingsTexts);
  const staff = useTexts(staffTexts);
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<StaffRole>('teller');
  const create = async (): Promise<void> => {
    const made = await bank.send({ type: 'account.create', username, name, password, role, branches: role === 'admin' ? [] : [branchId] });
    if (made === undefined) return;
    setUsername('');
    setName('');
    setPassword('');
  };
  return (
    <form
      className="settings-new"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <label className="field">
        <span>{t('account.username')}</span>
        <input value={username} autoComplete="off" required onChange={(event) => setUsername(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('account.name')}</span>
        <input value={name} autoComplete="off" required onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('account.role')}</span>
        <select value={role} onChange={(event) => setRole(staffRoles.find((one) => one === event.target.value) ?? 'teller')}>
          {staffRoles.map((one) => (
            <option key={one} value={one}>
              {staff(`role.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('account.password')}</span>
        <input
          type="password"
          value={password}
          autoComplete="new-password"
          required
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Button type="submit" variant="primary">
        {t('account.create')}
      </Button>
    </form>
  );
}
