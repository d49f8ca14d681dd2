import { useId, useMemo, useRef, useState } from 'react';
import { defaultCases } from '../../../shared/contract/default-cases.ts';
import type { CaseChannel, CaseKind } from '../../../shared/contract/cases.ts';
import type { CommandOf } from '../../../shared/contract/commands.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { useLanguage } from '../../i18n/language.ts';
import { translator, useTexts } from '../../i18n/texts.ts';
import { useFloor } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { StateShape } from '../../ui/state-shape.tsx';
import { toast } from '../../ui/toast.tsx';
import { useStaffBranch } from '../branch.ts';
import { useNames } from '../names.ts';
import { commands } from '../session.ts';
import { KindIcon, ranks, severityTone } from './case-words.tsx';
import { ChooseBranch } from './choose-branch.tsx';
import { emptyMore, LogMore, type More, moreOf } from './log-more.tsx';

const kinds = ['complaint', 'incident', 'suggestion', 'praise'] as const satisfies readonly CaseKind[];
const channels = ['counter', 'leader', 'hotline', 'regulator', 'press'] as const satisfies readonly CaseChannel[];
type Kind = (typeof kinds)[number];

interface Logged {
  readonly caseId: string;
  readonly no: string;
  readonly offeredTo?: string;
}

/**
 * A case in one line and one key. The words come first; everything else has the answer most cases need. `usual` subjects
 * stand ready for a customer who does not wait for typing.
 */
export function LogSheet({ branchId: begun, ticketId, onClose }: { branchId: string; ticketId?: string | undefined; onClose: () => void }) {
  const [branchId, setBranch] = useState(begun);
  const live = useStaffBranch(branchId);
  const t = useTexts(casesTexts);
  const language = useLanguage();
  const nameOf = useNames(branchId);
  const form = useId();
  const input = useRef<HTMLInputElement>(null);
  const [subject, setSubject] = useState('');
  const [kind, setKind] = useState<Kind>('complaint');
  const [severity, setSeverity] = useState(3);
  const [channel, setChannel] = useState<CaseChannel>('counter');
  const [more, setMore] = useState<More>(() => ({ ...emptyMore, ticketId: ticketId ?? '' }));
  const [missing, setMissing] = useState(false);
  const running = useRef(false);
  const config = useFloor(live, (state) => state?.config);
  const cases = config?.cases ?? defaultCases;
  const usual = useMemo(() => cases.causes.filter(({ id }) => id !== 'other').map(({ name }) => name[language]), [cases, language]);
  const ticket = useFloor(live, (state) => state?.tickets.get(more.ticketId)?.number);
  const floor = cases.channelSeverity[channel];
  const raised = floor !== undefined && floor < severity ? floor : undefined;

  const log = async (solved: boolean): Promise<void> => {
    const words = subject.trim();
    if (words === '') {
      setMissing(true);
      input.current?.focus();
      return;
    }
    if (running.current) return;
    running.current = true;
    const command: CommandOf<'case.log'> = {
      type: 'case.log',
      kind,
      channel,
      severity,
      subject: words,
      ...moreOf(more),
      ...(solved ? { solved } : {}),
    };
    const answer = await commands.send(branchId, command);
    running.current = false;
    if (!answer.ok) return;
    onClose();
    const { no, offeredTo } = answer.value.result as unknown as Logged;
    const name = offeredTo === undefined ? '' : nameOf(offeredTo);
    const done = solved ? 'logged.solved' : offeredTo === undefined ? 'logged.yours' : 'logged.offered';
    toast('done', (of) => translator(casesTexts, of)(done, { no, name }));
  };

  return (
    <Sheet
      title={t('log.title')}
      onClose={onClose}
      wide
      actions={
        <>
          <Button className="log-solved" onPress={() => log(true)}>
            <StateShape state="serving" /> {t('log.solved')}
          </Button>
          <Button variant="primary" className="log-go" type="submit" form={form} hotkey="Enter">
            {t('log.go')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="log-form"
        onSubmit={(event) => {
          event.preventDefault();
          void log(false);
        }}
      >
        <ChooseBranch
          branchId={branchId}
          onChoose={(id) => {
            setBranch(id);
            setMore(emptyMore);
          }}
        />
        <label className="field log-subject">
          <span>{t('log.subject')}</span>
          <input
            ref={input}
            value={subject}
            maxLength={200}
            autoComplete="off"
            enterKeyHint="done"
            placeholder={t('log.subject.hint')}
            aria-invalid={missing && subject.trim() === ''}
            aria-describedby={`${form}-problem`}
            onChange={(event) => setSubject(event.target.value)}
          />
        </label>
        <p className="form-problem" role="alert" id={`${form}-problem`}>
          {missing && subject.trim() === '' ? t('log.subject.needed') : ''}
        </p>
        <div className="choices log-usual" role="group" aria-label={t('log.usual')}>
          {usual.map((one) => (
            <button key={one} type="button" className="choice" aria-pressed={one === subject} onClick={() => setSubject(one)}>
              {one}
            </button>
          ))}
        </div>
        <Chips label={t('log.kind')}>
          {kinds.map((one) => (
            <button key={one} type="button" className="choice chip-big" aria-pressed={one === kind} onClick={() => setKind(one)}>
              <KindIcon kind={one} /> {t(`kind.${one}`)}
            </button>
          ))}
        </Chips>
        <Chips label={t('log.severity')}>
          {ranks.map((one) => (
            <button
              key={one}
              type="button"
              className={`choice chip-big s-${severityTone(one)}`}
              aria-pressed={one === severity}
              onClick={() => setSeverity(one)}
            >
              <span className="chip-shape">
                <StateShape state={severityTone(one)} size={16} />
              </span>
              {t(`severity.${one}`)}
            </button>
          ))}
        </Chips>
        <Chips label={t('log.channel')}>
          {channels.map((one) => (
            <button key={one} type="button" className="choice" aria-pressed={one === channel} onClick={() => setChannel(one)}>
              {t(`channel.${one}`)}
            </button>
          ))}
        </Chips>
        {raised === undefined ? null : <p className="muted">{t('log.raised', { severity: t(`severity.${raised as 1}`) })}</p>}
        <LogMore live={live} more={more} onChange={setMore} ticket={ticket} kind={kind} law={cases.law} />
      </form>
    </Sheet>
  );
}

function Chips({ label, children }: { label: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <div className="log-line">
      <span id={id}>{label}</span>
      <div className="choices" role="group" aria-labelledby={id}>
        {children}
      </div>
    </div>
  );
}
