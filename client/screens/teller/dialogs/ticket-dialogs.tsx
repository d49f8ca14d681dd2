/** What is asked about the ticket at the counter. */
import { useState } from 'react';
import { canServe, counterConfig } from '../../../../shared/branch/queue/eligible.ts';
import type { Segment } from '../../../../shared/contract/config.ts';
import { commonTexts } from '../../../i18n/common.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { named, useTexts } from '../../../i18n/texts.ts';
import { useBranch, useMyCounter, useTeller } from '../teller-context.ts';
import { useAmounts } from './amounts.tsx';
import { Choice, FormDialog, type Option, useReason } from './form-dialog.tsx';

/** Services this counter and its teller do. */
function useMyServices(): readonly Option<string>[] {
  const language = useLanguage();
  const { counterId } = useTeller();
  const { counter } = useMyCounter();
  const services = useBranch((state) => state.config?.services);
  const config = useBranch((state) => counterConfig(state, counterId));
  const { live } = useTeller();
  const state = live.store.getState().floor;
  if (state === undefined || config === undefined) return [];
  return (services ?? [])
    .filter(({ id }) => canServe(state, config, counter.staffId, id))
    .map(({ id, name }) => ({ value: id, label: named(name, language) }));
}

export function StartDialog() {
  const t = useTexts(tellerTexts);
  const { counterId } = useTeller();
  const { ticket } = useMyCounter();
  const { fields, amounts } = useAmounts(ticket);
  const { field, exception } = useException(ticket?.serviceId);
  return (
    <FormDialog title={t('dialog.startTitle')} command={() => amounts && { type: 'ticket.start', counterId, ...amounts, ...exception }}>
      {fields}
      {field}
    </FormDialog>
  );
}

const NO_EXCEPTION = '';

/** Exceptions of a service's limit, where its rule has any: under them no limit applies. */
function useException(serviceId: string | undefined): { field: React.ReactNode; exception: { exception?: string } } {
  const t = useTexts(tellerTexts);
  const codes = useBranch((state) => state.config?.limits.find((rule) => rule.serviceId === serviceId)?.exceptions);
  const [code, setCode] = useState(NO_EXCEPTION);
  if (codes === undefined || codes.length === 0) return { field: null, exception: {} };
  const options = [{ value: NO_EXCEPTION, label: t('dialog.none') }, ...codes.map((one) => ({ value: one, label: one }))];
  return {
    field: <Choice legend={t('dialog.exception')} options={options} value={code} onChange={setCode} />,
    exception: code === NO_EXCEPTION ? {} : { exception: code },
  };
}

export function AddItemDialog() {
  const t = useTexts(tellerTexts);
  const { counterId } = useTeller();
  const { ticket } = useMyCounter();
  const services = useMyServices();
  const [serviceId, setServiceId] = useState(ticket?.items.at(-1)?.serviceId ?? services[0]?.value);
  const { fields, amounts } = useAmounts();
  const { field, exception } = useException(serviceId);
  return (
    <FormDialog
      title={t('dialog.addItemTitle')}
      command={() =>
        serviceId === undefined || amounts === undefined
          ? undefined
          : { type: 'ticket.addItem', counterId, serviceId, ...amounts, ...exception }
      }
    >
      <Choice legend={t('dialog.service')} options={services} value={serviceId} onChange={setServiceId} />
      {fields}
      {field}
    </FormDialog>
  );
}

export function WalkUpDialog() {
  const t = useTexts(tellerTexts);
  const { counterId } = useTeller();
  const services = useMyServices();
  const [serviceId, setServiceId] = useState(services[0]?.value);
  const usual = (['quick', 'skipped', 'returning'] as const).map((one) => t(`dialog.walkUpReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.reason'), t('dialog.pauseReasons.other'));
  return (
    <FormDialog
      title={t('dialog.walkUpTitle')}
      command={() =>
        serviceId === undefined || reason === undefined ? undefined : { type: 'ticket.walkUp', counterId, serviceId, reason }
      }
    >
      <Choice legend={t('dialog.service')} options={services} value={serviceId} onChange={setServiceId} focus />
      {field}
    </FormDialog>
  );
}

export function ParkDialog() {
  const t = useTexts(tellerTexts);
  const { counterId } = useTeller();
  const usual = (['forms', 'documents', 'machine'] as const).map((one) => t(`dialog.parkReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.reason'), t('dialog.parkReasons.other'), true);
  return (
    <FormDialog
      title={t('dialog.parkTitle')}
      command={() => (reason === undefined ? undefined : { type: 'ticket.park', counterId, reason })}
    >
      {field}
    </FormDialog>
  );
}

/** As a record, so that a new segment cannot be forgotten; its list would bring the whole schema library along. */
const everySegment: Record<Segment, true> = {
  ordinary: true,
  elderly: true,
  over80: true,
  disabled: true,
  pregnant: true,
  infant: true,
  serviceman: true,
  vip: true,
  appointment: true,
};
const segments = Object.keys(everySegment) as Segment[];

export function SegmentDialog() {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const { ticket } = useMyCounter();
  const [segment, setSegment] = useState<Segment | undefined>(ticket?.segment);
  const usual = (['handed', 'seen', 'asked'] as const).map((one) => t(`dialog.segmentReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.segmentReason'), t('dialog.pauseReasons.other'));
  return (
    <FormDialog
      title={t('dialog.segmentTitle')}
      command={() =>
        ticket === undefined || segment === undefined || reason === undefined || segment === ticket.segment
          ? undefined
          : { type: 'ticket.setSegment', ticketId: ticket.id, segment, reason }
      }
    >
      <Choice
        legend={t('action.segment')}
        options={segments.map((one) => ({ value: one, label: common(`segment.${one}`) }))}
        value={segment}
        onChange={setSegment}
        focus
      />
      {field}
    </FormDialog>
  );
}

const ADD_MINUTES = [5, 10, 20, 30] as const;

export function ExplainedDialog() {
  const t = useTexts(tellerTexts);
  const { ticket } = useMyCounter();
  const usual = (['coins40', 'fifties', 'complex'] as const).map((one) => t(`dialog.explainedReasons.${one}`));
  const { field, reason } = useReason(usual, t('dialog.reason'), t('dialog.explainedReasons.other'), true);
  const [minutes, setMinutes] = useState<number>(10);
  const [agreed, setAgreed] = useState(false);
  return (
    <FormDialog
      title={t('dialog.explainedTitle')}
      command={() =>
        ticket === undefined || reason === undefined || !agreed
          ? undefined
          : { type: 'limit.extend', ticketId: ticket.id, class: 'explained', addMs: minutes * 60_000, reason, customerAgreed: true }
      }
    >
      {field}
      <Choice
        legend={t('dialog.addMinutes')}
        options={ADD_MINUTES.map((n) => ({ value: n as number, label: t('dialog.minutes', { n }) }))}
        value={minutes}
        onChange={setMinutes}
      />
      <label className="check">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
        {t('dialog.agreed')}
      </label>
    </FormDialog>
  );
}
