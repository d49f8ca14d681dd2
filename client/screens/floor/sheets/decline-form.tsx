import { useState } from 'react';
import type { Advice } from '../../../../shared/branch/advice/advice.state.ts';
import { adviceSheetTexts } from '../../../i18n/advice-sheets.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { useActing, useFloorContext } from '../floor-context.ts';

const usual = {
  openWindow: ['no.busy', 'no.break', 'no.passes', 'no.myself'],
  closeWindow: ['no.coming', 'no.keep', 'no.counting', 'no.myself'],
  sendSubstitute: ['no.busy', 'no.break', 'no.myself'],
  giveBreak: ['no.coming', 'no.counting', 'no.later', 'no.wants', 'no.myself'],
  divertToMachine: ['no.counter', 'no.machineBusy', 'no.nobodyGuides', 'no.myself'],
} as const;

/** A usual reason is one tap; words of one's own are one more. Also calls off what was accepted. */
export function DeclineForm({ advice, onBack }: { advice: Advice; onBack: () => void }) {
  const { close } = useFloorContext();
  const { send } = useActing();
  const t = useTexts(adviceSheetTexts);
  const [own, setOwn] = useState(false);
  const title = advice.state === 'given' ? t('decline.title') : t('decline.callOff');
  const give = async (reason: string): Promise<void> => {
    const answer = await send({ type: 'advice.decline', adviceId: advice.id, reason });
    if (answer.ok) close();
  };
  if (own) return <ReasonForm title={title} usual={[]} confirm={t('decline.confirm')} onBack={onBack} onGive={give} />;
  const reasons = [...usual[advice.kind], ...(advice.state === 'given' ? [] : (['no.came'] as const))];
  return (
    <div className="stack">
      <h3>{title}</h3>
      <div className="actions">
        {reasons.map((key) => (
          <Button key={key} data-reason={key} onPress={() => give(t(key))}>
            {t(key)}
          </Button>
        ))}
        <Button variant="quiet" onPress={() => setOwn(true)}>
          {t('decline.own')}
        </Button>
      </div>
    </div>
  );
}
