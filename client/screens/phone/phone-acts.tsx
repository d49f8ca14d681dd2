/** What a customer may do from the phone: give up the place, rate the service. */
import { useState } from 'react';
import { explain } from '../../i18n/errors.ts';
import { useLanguage } from '../../i18n/language.ts';
import { phoneTexts } from '../../i18n/phone.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Answer, Problem } from '../../live/api.ts';
import { Button } from '../../ui/button.tsx';

export function GiveUp({ onGiveUp }: { onGiveUp: () => Promise<Answer<unknown>> }) {
  const t = useTexts(phoneTexts);
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const giveUp = async (): Promise<void> => {
    const answer = await onGiveUp();
    setProblem(answer.ok ? undefined : answer.problem);
  };
  if (!asked) {
    return (
      <Button variant="quiet" className="phone-give-up" onPress={() => setAsked(true)}>
        {t('giveUp')}
      </Button>
    );
  }
  return (
    <section className="phone-card phone-ask">
      <p>{t('giveUp.ask')}</p>
      {problem === undefined ? null : <p className="phone-problem">{explain(problem, language)}</p>}
      <div>
        <Button variant="danger" onPress={giveUp}>
          {t('giveUp.yes')}
        </Button>
        <Button variant="primary" onPress={() => setAsked(false)}>
          {t('giveUp.no')}
        </Button>
      </div>
    </section>
  );
}

const SCORES = [1, 2, 3, 4, 5] as const;

export function Rate({ done, onRate }: { done: boolean; onRate: (score: number) => Promise<void> }) {
  const t = useTexts(phoneTexts);
  const [score, setScore] = useState(0);
  if (done) {
    return (
      <p className="phone-card phone-rated" role="status">
        {t('rate.done')}
      </p>
    );
  }
  return (
    <section className="phone-card phone-rate">
      <h2>{t('rate.title')}</h2>
      <div>
        {SCORES.map((one) => (
          <button
            key={one}
            type="button"
            disabled={score > 0}
            aria-label={t('rate.star', { n: one })}
            data-lit={one <= score}
            onClick={() => {
              setScore(one);
              void onRate(one).finally(() => setScore(0));
            }}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path
                d="m12 2.8 2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.6l6.5-.9z"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.6"
                strokeLinejoin="round"
              />
            </svg>
          </button>
        ))}
      </div>
    </section>
  );
}
