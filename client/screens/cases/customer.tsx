import { useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import { newCommandId } from '../../live/ids.ts';
import { api } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { CaseView } from './case-data.ts';

interface Contact {
  readonly name?: string;
  readonly phone?: string;
  readonly representatives?: readonly { readonly name?: string; readonly phone?: string }[];
}

const told = ({ name, phone }: { readonly name?: string; readonly phone?: string }): string =>
  [name, phone].filter((part) => part !== undefined && part !== '').join(' · ');

/** Masked until somebody needs it; looking is on the record. */
export function Customer({ view }: { view: CaseView }) {
  const t = useTexts(casesTexts);
  const [full, setFull] = useState<Contact>();
  const shown: Contact | undefined =
    full ??
    (view.contact === undefined && view.representatives === undefined
      ? undefined
      : { ...view.contact, ...(view.representatives === undefined ? {} : { representatives: view.representatives }) });
  if (shown === undefined) return null;
  const reveal = async (): Promise<void> => {
    const answer = await api.send<Contact>('POST', `/api/cases/${encodeURIComponent(view.id)}/contact`, { id: newCommandId() });
    if (answer.ok) setFull(answer.value);
    else toastProblem(answer.problem);
  };
  return (
    <section className="case-part">
      <h3>{t('detail.customer')}</h3>
      <div className="customer">
        <div>
          <p className="customer-name">{told(shown)}</p>
          {(shown.representatives ?? []).map((one, index) => (
            <p key={`${String(index)}`}>{`${t('log.representative.name', { n: index + 1 })} ${told(one)}`}</p>
          ))}
        </div>
        {full === undefined ? (
          <Button data-action="reveal" onPress={reveal}>
            <span className="two-lines">
              {t('detail.reveal')}
              <small className="muted">{t('detail.reveal.hint')}</small>
            </span>
          </Button>
        ) : null}
      </div>
    </section>
  );
}
