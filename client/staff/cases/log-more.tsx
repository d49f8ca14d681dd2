/** What may be added to a case when there is time: nothing of it is asked for. */
import type { ComplaintLaw, CaseKind } from '../../../shared/contract/cases.ts';
import type { CommandOf } from '../../../shared/contract/commands.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import type { StaffLive } from '../branch.ts';
import { useColleagues } from '../names.ts';

interface Contact {
  readonly name: string;
  readonly phone: string;
}

export interface More {
  readonly details: string;
  readonly contact: Contact;
  readonly aboutStaffId: string;
  readonly ticketId: string;
  readonly machineId: string;
  readonly onSite: string;
  readonly representatives: readonly Contact[];
}

const nobody: Contact = { name: '', phone: '' };
export const emptyMore: More = {
  details: '',
  contact: nobody,
  aboutStaffId: '',
  ticketId: '',
  machineId: '',
  onSite: '',
  representatives: [],
};

type Log = CommandOf<'case.log'>;

function contactOf({ name, phone }: Contact): Log['contact'] {
  const given = { ...(name.trim() === '' ? {} : { name: name.trim() }), ...(phone.trim() === '' ? {} : { phone: phone.trim() }) };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** Only what was filled in. */
export function moreOf(more: More): Partial<Log> {
  const contact = contactOf(more.contact);
  const representatives = more.representatives.map(contactOf).filter((one) => one !== undefined);
  const onSite = Math.trunc(Number(more.onSite));
  return {
    ...(more.details.trim() === '' ? {} : { details: more.details.trim() }),
    ...(contact === undefined ? {} : { contact }),
    ...(more.aboutStaffId === '' ? {} : { aboutStaffId: more.aboutStaffId }),
    ...(more.ticketId === '' ? {} : { ticketId: more.ticketId }),
    ...(more.machineId === '' ? {} : { machineId: more.machineId }),
    ...(onSite > 1 ? { onSite } : {}),
    ...(representatives.length === 0 ? {} : { representatives }),
  };
}

export function LogMore({
  live,
  more,
  onChange,
  ticket,
  kind,
  law,
}: {
  live: StaffLive;
  more: More;
  onChange: (more: More) => void;
  /** The number chosen, as it stands on the slip. */
  ticket: string | undefined;
  kind: CaseKind;
  law: ComplaintLaw;
}) {
  const t = useTexts(casesTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const colleagues = useColleagues(live.branchId);
  const machines = useFloor(live, (state) => state?.config?.machines);
  const atWindows = useFloor(live, (state) =>
    state === undefined
      ? ''
      : JSON.stringify(
          Object.values(state.counters).flatMap(({ id, ticketId }) => {
            const number = ticketId === undefined ? undefined : state.tickets.get(ticketId)?.number;
            const window = state.config?.counters.find((counter) => counter.id === id)?.number;
            return number === undefined ? [] : [[ticketId, number, window]];
          }),
        ),
  );
  const served = atWindows === '' ? [] : (JSON.parse(atWindows) as [string, string, number][]);
  const set = (change: Partial<More>): void => onChange({ ...more, ...change });
  const people = Math.trunc(Number(more.onSite)) || 0;
  const about = kind === 'praise' ? t('log.praised') : t('log.about');
  return (
    <details className="log-more">
      <summary>
        <span>{t('log.more')}</span>
        <small className="muted">{ticket === undefined ? t('log.more.hint') : t('log.ticket.is', { number: ticket })}</small>
      </summary>
      <div className="log-more-grid">
        <label className="field wide">
          <span>{t('log.details')}</span>
          <textarea rows={3} value={more.details} maxLength={4000} onChange={(event) => set({ details: event.target.value })} />
        </label>
        <ContactFields contact={more.contact} onChange={(contact) => set({ contact })} name={t('log.name')} phone={t('log.phone')} />
        <label className="field">
          <span>{about}</span>
          <select value={more.aboutStaffId} onChange={(event) => set({ aboutStaffId: event.target.value })}>
            <option value="">{t('log.nobody')}</option>
            {colleagues.map((one) => (
              <option key={one.staffId} value={one.staffId}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t('log.ticket')}</span>
          <select value={more.ticketId} onChange={(event) => set({ ticketId: event.target.value })}>
            <option value="">{t('log.noTicket')}</option>
            {ticket !== undefined && !served.some(([id]) => id === more.ticketId) ? <option value={more.ticketId}>{ticket}</option> : null}
            {served.map(([id, number, window]) => (
              <option key={id} value={id}>
                {`${number} · ${common('counterNumber', { n: window })}`}
              </option>
            ))}
          </select>
        </label>
        {machines === undefined || machines.length === 0 ? null : (
          <label className="field">
            <span>{t('log.machine')}</span>
            <select value={more.machineId} onChange={(event) => set({ machineId: event.target.value })}>
              <option value="">{t('log.noMachine')}</option>
              {machines.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name[language]}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="field">
          <span>{t('log.onSite')}</span>
          <input
            inputMode="numeric"
            pattern="[0-9]*"
            value={more.onSite}
            maxLength={5}
            placeholder="1"
            onChange={(event) => set({ onSite: event.target.value.replace(/\D/g, '') })}
          />
          {people >= law.majorEventPeople && kind === 'complaint' ? (
            <span className="hint">{t('log.majorEvent', { n: law.majorEventPeople })}</span>
          ) : null}
        </label>
        {people > 1 ? (
          <Representatives more={more} most={law.maxRepresentatives} onChange={(representatives) => set({ representatives })} />
        ) : null}
      </div>
    </details>
  );
}

function ContactFields({
  contact,
  onChange,
  name,
  phone,
}: {
  contact: Contact;
  onChange: (contact: Contact) => void;
  name: string;
  phone: string;
}) {
  return (
    <>
      <label className="field">
        <span>{name}</span>
        <input
          value={contact.name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => onChange({ ...contact, name: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{phone}</span>
        <input
          type="tel"
          value={contact.phone}
          maxLength={32}
          autoComplete="off"
          onChange={(event) => onChange({ ...contact, phone: event.target.value })}
        />
      </label>
    </>
  );
}

function Representatives({ more, most, onChange }: { more: More; most: number; onChange: (list: readonly Contact[]) => void }) {
  const t = useTexts(casesTexts);
  const list = more.representatives;
  return (
    <fieldset className="wide representatives">
      <legend>{t('log.representatives', { n: most })}</legend>
      {list.map((one, index) => (
        <div key={`${String(index)}`} className="log-more-grid">
          <ContactFields
            contact={one}
            name={t('log.representative.name', { n: index + 1 })}
            phone={t('log.phone')}
            onChange={(changed) => onChange(list.map((other, at) => (at === index ? changed : other)))}
          />
        </div>
      ))}
      {list.length < most ? <Button onPress={() => onChange([...list, nobody])}>{t('log.representative.add')}</Button> : null}
    </fieldset>
  );
}
