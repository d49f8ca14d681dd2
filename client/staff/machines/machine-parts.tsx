import { Link } from '@tanstack/react-router';
import type { Case } from '../../../shared/branch/cases/case.state.ts';
import { faultTable } from '../../../shared/branch/machines/fault-table.ts';
import type { Machine } from '../../../shared/branch/machines/machine.state.ts';
import type { MachineStatus } from '../../../shared/contract/machines.ts';
import { machineTexts } from '../../i18n/machines.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Since } from '../../ui/clock.tsx';
import { StateShape, type StateName } from '../../ui/state-shape.tsx';
import type { StaffLive } from '../branch.ts';
import { useNames } from '../names.ts';

const parts = ['device', 'dispenser', 'acceptor', 'reader', 'paper', 'shutter', 'door'] as const;
type Word = NonNullable<MachineStatus[(typeof parts)[number]]>;
type Unit = NonNullable<MachineStatus['units']>[number];

const well: readonly string[] = ['online', 'deviceBusy', 'ok', 'full', 'closed', 'locked', 'bolted'];
const soon: readonly string[] = ['attention', 'low', 'high', 'starting', 'userError', 'potentialFraud'];
const shapeFor = (word: string): StateName =>
  word === 'unknown' ? 'unknown' : well.includes(word) ? 'serving' : soon.includes(word) ? 'near' : 'over';

function Part({ name, word }: { name: string; word: Word }) {
  const t = useTexts(machineTexts);
  const shape = shapeFor(word);
  return (
    <div className={`s-${shape}`}>
      <dt>{name}</dt>
      <dd>
        <StateShape state={shape} size={13} /> {t(`word.${word}`)}
      </dd>
    </div>
  );
}

/** How full a cash unit looks where nobody counted: by its word alone. */
const levelOf: Record<NonNullable<Unit['replenishment']>, number> = { full: 100, high: 85, ok: 60, low: 18, empty: 0, unknown: 0 };

function CashUnit({ unit, most }: { unit: Unit; most: number }) {
  const t = useTexts(machineTexts);
  const level = unit.replenishment ?? 'unknown';
  const broken = unit.status !== undefined && unit.status !== 'ok' && unit.status !== 'unknown';
  const shape: StateName = broken || level === 'empty' || level === 'full' ? 'over' : shapeFor(level);
  const share = unit.count === undefined ? levelOf[level] : level === 'empty' ? 0 : Math.max(3, Math.round((unit.count / most) * 100));
  const word = broken && unit.status !== undefined ? t(`word.${unit.status}`) : t(level === 'full' ? 'word.unitFull' : `word.${level}`);
  return (
    <li className={`cash-unit s-${shape}`} data-unit={unit.id}>
      <b>{unit.id}</b>
      <span className="cash-level" aria-hidden="true">
        <i style={{ inlineSize: `${Math.min(100, share)}%` }} />
      </span>
      <span className="cash-word">
        <StateShape state={shape} size={13} /> {word}
      </span>
      <span className="cash-count">{unit.count === undefined ? '' : t('units.count', { n: unit.count })}</span>
    </li>
  );
}

/** All that telemetry has told, part by part; nothing where it never spoke of one. */
export function Parts({ status }: { status: MachineStatus | undefined }) {
  const t = useTexts(machineTexts);
  if (status === undefined) return null;
  const told = parts.flatMap((part) => {
    const word = status[part];
    return word === undefined ? [] : [{ part, word }];
  });
  const units = status.units ?? [];
  const most = Math.max(1, ...units.map(({ count }) => count ?? 0));
  return (
    <>
      {told.length === 0 ? null : (
        <section className="machine-section" aria-label={t('parts.title')}>
          <h3>{t('parts.title')}</h3>
          <dl className="machine-parts">
            {told.map(({ part, word }) => (
              <Part key={part} name={t(`part.${part}`)} word={word} />
            ))}
          </dl>
        </section>
      )}
      {units.length === 0 ? null : (
        <section className="machine-section" aria-label={t('units.title')}>
          <h3>{t('units.title')}</h3>
          <ul className="cash-units">
            {units.map((unit) => (
              <CashUnit key={unit.id} unit={unit} most={most} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Every fault with whose work it is, and the case it became. */
export function FaultList({ live, machine, cases }: { live: StaffLive; machine: Machine | undefined; cases: readonly Case[] }) {
  const t = useTexts(machineTexts);
  const nameOf = useNames(live.branchId);
  const faults = machine?.faults ?? [];
  if (faults.length === 0) return null;
  return (
    <section className="machine-section" aria-label={t('faults.title')}>
      <h3>{t('faults.title')}</h3>
      <ul className="machine-faults">
        {faults.map((fault) => {
          const one = cases.find((known) => known.fault === fault.code);
          const shape = faultTable[fault.code].effect === 'attention' ? 'near' : 'over';
          return (
            <li key={`${fault.code} ${fault.unitId ?? ''}`} className={`s-${shape}`} data-fault={fault.code}>
              <StateShape state={shape} size={16} />
              <span>
                <b>{t(`fault.${fault.code}`)}</b>
                {fault.unitId === undefined ? null : ` · ${t('fault.unit', { unit: fault.unitId })}`}
                <small className="muted">
                  {[t(`line.${faultTable[fault.code].line}`), nameOf(one?.ownerId)].filter((word) => word !== '').join(' · ')}
                </small>
              </span>
              <Since clock={live.clock} since={fault.since} />
              {one === undefined ? null : (
                <Link className="button" to="/cases/$caseId" params={{ caseId: one.id }} search={{ branch: live.branchId }}>
                  {t('case.see', { no: one.no })}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
