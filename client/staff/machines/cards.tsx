import { useState } from 'react';
import type { RetainedCard } from '../../../shared/branch/machines/machine.state.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useLanguage } from '../../i18n/language.ts';
import { dateTime } from '../../i18n/format.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { useStaffActing } from '../acting.ts';
import type { StaffLive } from '../branch.ts';
import { FreeText } from '../free-text.tsx';

const digitsOnly = (text: string): string => text.replace(/\D/g, '').slice(0, 4);

function Digits({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(machineTexts);
  return (
    <label className="field">
      <span>
        {t('card.digits')}
        {t('card.optional')}
      </span>
      <input value={value} inputMode="numeric" autoComplete="off" onChange={(event) => onChange(digitsOnly(event.target.value))} />
    </label>
  );
}

/** A card the machine kept: only its last digits, and whom to call. */
export function RegisterCardForm({ live, machineId, onDone }: { live: StaffLive; machineId: string; onDone: () => void }) {
  const t = useTexts(machineTexts);
  const common = useTexts(commonTexts);
  const { send } = useStaffActing(live);
  const [digits, setDigits] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const register = async (): Promise<void> => {
    const contact = { ...(name.trim() === '' ? {} : { name: name.trim() }), ...(phone.trim() === '' ? {} : { phone: phone.trim() }) };
    const answer = await send({
      type: 'card.register',
      machineId,
      ...(digits.length === 4 ? { lastDigits: digits } : {}),
      ...(Object.keys(contact).length === 0 ? {} : { contact }),
    });
    if (answer.ok) onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void register();
      }}
    >
      <h3>{t('card.register')}</h3>
      <Digits value={digits} onChange={setDigits} />
      <label className="field">
        <span>{t('card.name')}</span>
        <input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('card.phone')}</span>
        <input value={phone} maxLength={32} inputMode="tel" autoComplete="off" onChange={(event) => setPhone(event.target.value)} />
      </label>
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={digits.length > 0 && digits.length < 4}>
          {t('card.register')}
        </Button>
      </div>
    </form>
  );
}

type Step = 'collect' | 'handBack' | 'destroy';

function CardForm({ live, card, step, onDone }: { live: StaffLive; card: RetainedCard; step: Step; onDone: () => void }) {
  const t = useTexts(machineTexts);
  const common = useTexts(commonTexts);
  const { send } = useStaffActing(live);
  const [digits, setDigits] = useState('');
  const [checked, setChecked] = useState(false);
  const finish = (answer: { ok: boolean }): void => void (answer.ok && onDone());
  if (step === 'destroy') {
    return (
      <ReasonForm
        title={t('card.destroyTitle')}
        usual={[t('why.expired'), t('why.otherBank'), t('why.notOwner')]}
        confirm={t('card.destroy')}
        danger
        onBack={onDone}
        onGive={async (reason) => finish(await send({ type: 'card.destroy', cardId: card.id, reason }))}
      />
    );
  }
  const handing = step === 'handBack';
  return (
    <div className="stack">
      <h3>{t(handing ? 'card.handBackTitle' : 'card.collectTitle')}</h3>
      {handing ? (
        <label className="check">
          <input type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
          {t('card.identity')}
        </label>
      ) : card.digitsRef === undefined ? (
        <Digits value={digits} onChange={setDigits} />
      ) : null}
      <div className="form-actions">
        <Button onPress={onDone}>{common('action.cancel')}</Button>
        <Button
          variant="primary"
          disabled={handing ? !checked : digits.length > 0 && digits.length < 4}
          onPress={async () =>
            finish(
              await send(
                handing
                  ? { type: 'card.handBack', cardId: card.id, identityChecked: true }
                  : { type: 'card.collect', cardId: card.id, ...(digits.length === 4 ? { lastDigits: digits } : {}) },
              ),
            )
          }
        >
          {t(handing ? 'card.handBackGo' : 'card.collect')}
        </Button>
      </div>
    </div>
  );
}

function CardRow({ live, card, machine }: { live: StaffLive; card: RetainedCard; machine: string | undefined }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const { may } = useStaffActing(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const [step, setStep] = useState<Step>();
  const inMachine = card.state === 'inMachine';
  const steps: readonly Step[] = (inMachine ? (['collect'] as const) : (['handBack', 'destroy'] as const)).filter((one) =>
    may(
      one === 'collect'
        ? { type: 'card.collect', cardId: card.id }
        : one === 'handBack'
          ? { type: 'card.handBack', cardId: card.id, identityChecked: true }
          : { type: 'card.destroy', cardId: card.id, reason: '-' },
    ),
  );
  return (
    <li className="machine-card machine-retained" data-card={card.state}>
      {step === undefined ? (
        <>
          <div className="machine-retained-words">
            <p className={`machine-card-title s-${inMachine ? 'near' : 'paused'}`}>
              <StateShape state={inMachine ? 'near' : 'paused'} size={16} />
              <b>{t(`card.state.${card.state}`)}</b>
              {machine === undefined ? null : <span>{machine}</span>}
            </p>
            <p className="muted">
              {card.digitsRef === undefined ? (
                t('card.noDigits')
              ) : !may({ type: 'card.handBack', cardId: card.id, identityChecked: true }) ? (
                t('card.digitsKept')
              ) : (
                <>
                  {t('card.digits')} <FreeText branchId={live.branchId} refId={card.digitsRef} />
                </>
              )}
              {` · ${dateTime(card.retainedAt, zone, language)}`}
            </p>
          </div>
          {steps.length === 0 ? null : (
            <div className="form-actions">
              {steps.map((one) => (
                <Button key={one} variant={one === 'destroy' ? 'danger' : 'plain'} onPress={() => setStep(one)}>
                  {t(`card.${one}`)}
                </Button>
              ))}
            </div>
          )}
        </>
      ) : (
        <CardForm live={live} card={card} step={step} onDone={() => setStep(undefined)} />
      )}
    </li>
  );
}

/** Cards in a machine or in the branch's keeping: of one machine, or with their machine's name of all. */
export function CardList({ live, machineId }: { live: StaffLive; machineId?: string }) {
  const t = useTexts(machineTexts);
  const language = useLanguage();
  const cards = useFloor(live, (state) => state?.cards);
  const configs = useFloor(live, (state) => state?.config?.machines);
  const open = Object.values(cards ?? {})
    .filter((card) => card.state === 'inMachine' || card.state === 'collected')
    .filter((card) => machineId === undefined || card.machineId === machineId)
    .sort((a, b) => a.retainedAt - b.retainedAt);
  if (open.length === 0) return machineId === undefined ? <p className="empty">{t('cards.none')}</p> : null;
  const nameOf = (id: string): string => configs?.find((one) => one.id === id)?.name[language] ?? id;
  return (
    <section className="machine-section" aria-label={t('cards.title')}>
      {machineId === undefined ? null : <h3>{t('cards.title')}</h3>}
      <ul className="machine-cards">
        {open.map((card) => (
          <CardRow key={card.id} live={live} card={card} machine={machineId === undefined ? nameOf(card.machineId) : undefined} />
        ))}
      </ul>
    </section>
  );
}
