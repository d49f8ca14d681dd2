/** One sheet per action: it asks what the hub needs for it and no more, and stays until the hub has accepted. */
import type { FloorCommand } from '../../../shared/contract/commands.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { commonTexts } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { StaffLive } from '../../staff/branch.ts';
import { ChoosePerson } from '../../staff/cases/choose-person.tsx';
import { commands } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { CaseView } from './case-data.ts';
import type { CaseAction } from './case-rights.ts';
import { CauseForm, CountForm, ExtendForm, JudgeForm, NoteForm, PromiseForm, TaskForm } from './forms.tsx';
import { AwardForm, CorrectForm, RecuseForm } from './record-forms.tsx';
import { ReplyForm, ResolveForm } from './resolve-forms.tsx';

export interface FormProps {
  readonly live: StaffLive;
  readonly view: CaseView;
  readonly send: (command: FloorCommand) => Promise<void>;
  readonly onClose: () => void;
}

export function ActionSheet({ live, view, action, onClose }: { live: StaffLive; view: CaseView; action: CaseAction; onClose: () => void }) {
  const t = useTexts(casesTexts);
  const send = async (command: FloorCommand): Promise<void> => {
    const answer = await commands.send(live.branchId, command);
    if (answer.ok) onClose();
  };
  return (
    <Sheet title={`${t(`do.${action}`)} · ${view.no}`} onClose={onClose} wide={action === 'resolve' || action === 'handOver'}>
      <Form action={action} live={live} view={view} send={send} onClose={onClose} />
    </Sheet>
  );
}

function Form({ action, ...props }: FormProps & { action: CaseAction }) {
  const t = useTexts(casesTexts);
  const { view, send, onClose } = props;
  const { id: caseId } = view;
  const reason = (title: string, usual: readonly string[], confirm: string, give: (reason: string) => FloorCommand) => (
    <ReasonForm title={title} usual={usual} confirm={confirm} onBack={onClose} onGive={(given) => send(give(given))} />
  );
  switch (action) {
    case 'accept':
    case 'acknowledge':
      // Done by the button itself.
      return null;
    case 'decline':
      return reason(
        t('do.decline'),
        [t('form.decline.busy'), t('form.decline.absent'), t('form.decline.other')],
        t('do.decline'),
        (given) => ({
          type: 'case.decline',
          caseId,
          reason: given,
        }),
      );
    case 'escalate':
      return reason(
        t('form.reason'),
        [t('form.reason.beyond'), t('form.reason.beyond2'), t('form.reason.press')],
        t('do.escalate'),
        (given) => ({
          type: 'case.escalate',
          caseId,
          reason: given,
        }),
      );
    case 'complex':
      return reason(t('form.reason'), [t('form.complex.third'), t('form.complex.records')], t('do.complex'), (given) => ({
        type: 'case.setComplex',
        caseId,
        reason: given,
      }));
    case 'handOver':
      return (
        <ChoosePerson
          branchId={view.branchId}
          except={[view.ownerId, ...view.recused]}
          onChoose={(toStaffId) => send({ type: 'case.handOver', caseId, toStaffId })}
        />
      );
    case 'withdraw':
      return (
        <Sure
          text={t('form.withdraw.sure')}
          confirm={t('do.withdraw')}
          onClose={onClose}
          onYes={() => send({ type: 'case.withdraw', caseId })}
        />
      );
    case 'close':
      return (
        <Sure text={t('form.close.sure')} confirm={t('do.close')} onClose={onClose} onYes={() => send({ type: 'case.close', caseId })} />
      );
    case 'resolve':
      return <ResolveForm {...props} />;
    case 'reply':
      return <ReplyForm {...props} />;
    case 'note':
      return <NoteForm {...props} />;
    case 'promise':
      return <PromiseForm {...props} />;
    case 'task':
      return <TaskForm {...props} />;
    case 'cause':
      return <CauseForm {...props} />;
    case 'extend':
      return <ExtendForm {...props} />;
    case 'judge':
      return <JudgeForm {...props} />;
    case 'count':
      return <CountForm {...props} />;
    case 'correct':
      return <CorrectForm {...props} />;
    case 'recuse':
      return <RecuseForm {...props} />;
    case 'award':
      return <AwardForm {...props} />;
  }
}

function Sure({ text, confirm, onYes, onClose }: { text: string; confirm: string; onYes: () => unknown; onClose: () => void }) {
  const common = useTexts(commonTexts);
  return (
    <>
      <p>{text}</p>
      <div className="form-actions">
        <Button onPress={onClose}>{common('action.cancel')}</Button>
        <Button variant="primary" onPress={onYes}>
          {confirm}
        </Button>
      </div>
    </>
  );
}
