/** A week copied to the next: asked once, because what is planned there is replaced. */
import { useState } from 'react';
import { dateAfter } from '../../../shared/branch/people/dates.ts';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { commonTexts } from '../../i18n/common.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { withNames } from '../../staff/known-names.ts';
import { useNames } from '../../staff/names.ts';
import { useDateWords } from '../../staff/people/people-words.tsx';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface Copied {
  readonly copied: readonly string[];
  readonly left: readonly { readonly date: string; readonly staffId?: string; readonly code: string }[];
}

export function CopySheet({
  live,
  monday,
  onClose,
  onCopied,
}: {
  live: StaffLive;
  monday: string;
  onClose: () => void;
  onCopied: () => void;
}) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const nameOf = useNames(live.branchId);
  const day = useDateWords();
  const [done, setDone] = useState<Copied>();
  const to = dateAfter(monday, 7);
  const copy = async (): Promise<void> => {
    const answer = await commands.send(live.branchId, { type: 'roster.copyWeek', from: monday, to });
    if (!answer.ok) return;
    const told = answer.value.result as unknown as Copied;
    onCopied();
    if (told.left.length === 0) onClose();
    else setDone(told);
  };
  const why = (code: string, date: string, staffId: string | undefined): string =>
    code === 'roster.shut'
      ? t('copy.shut')
      : explain(withNames({ status: 409, code, detail: code, params: { date, staffId: staffId ?? '', expiredOn: '' } }), language);
  return (
    <Sheet
      title={t('copy.title')}
      onClose={onClose}
      actions={
        done === undefined ? (
          <>
            <Button onPress={onClose}>{common('action.cancel')}</Button>
            <Button variant="primary" data-do="copy" onPress={copy}>
              {t('copy.go')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            {common('action.close')}
          </Button>
        )
      }
    >
      {done === undefined ? (
        <p>
          {t('copy.ask', {
            from: `${day(monday)} – ${day(dateAfter(monday, 6))}`,
            to: `${day(to)} – ${day(dateAfter(to, 6))}`,
          })}
        </p>
      ) : (
        <>
          <p>{t('copy.done', { n: done.copied.length })}</p>
          <p>{t('copy.left')}</p>
          <ul className="people-holds">
            {done.left.map(({ date, staffId, code }) => (
              <li key={`${date} ${staffId} ${code}`}>
                {[day(date), staffId === undefined ? '' : nameOf(staffId), why(code, date, staffId)]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
