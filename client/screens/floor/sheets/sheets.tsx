import { ForecastsSheet } from '../../../staff/advice/forecasts-sheet.tsx';
import { RuleSheet } from '../../../staff/advice/rule-sheet.tsx';
import { WhatIfSheet } from '../../../staff/advice/what-if-sheet.tsx';
import { LedgerSheet } from '../../../staff/ledger/ledger-sheet.tsx';
import { MachinesSheet } from '../../../staff/machines/machines-sheet.tsx';
import { AwaySheet } from '../../../staff/people/absence.tsx';
import { CoverSheet, ReliefSheet } from '../../../staff/people/cover-sheet.tsx';
import { type OpenSheet, useFloorContext } from '../floor-context.ts';
import { AdviceSheet, AllAdviceSheet } from './advice-sheet.tsx';
import { CounterSheet } from './counter-sheet.tsx';
import { DaySheet } from './day-sheet.tsx';
import { IssueSheet } from './issue-sheet.tsx';
import { MachineSheet } from './machine-sheet.tsx';
import { OutageSheet } from './outage-sheet.tsx';
import { SearchSheet } from './search-sheet.tsx';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { TicketSheet } from './ticket-sheet.tsx';

export default function Sheets({ sheet }: { sheet: OpenSheet }) {
  const { live, close } = useFloorContext();
  switch (sheet.kind) {
    case 'counter':
      return <CounterSheet key={sheet.counterId} counterId={sheet.counterId} />;
    case 'ticket':
      return <TicketSheet key={sheet.ticketId} ticketId={sheet.ticketId} ended={sheet.ended} />;
    case 'machine':
      return <MachineSheet key={sheet.machineId} machineId={sheet.machineId} />;
    case 'machines':
      return <MachinesSheet live={live} onClose={close} />;
    case 'cover':
      return <CoverSheet live={live} need={sheet.need} onClose={close} />;
    case 'relief':
      return <ReliefSheet key={sheet.staffId} live={live} staffId={sheet.staffId} onClose={close} />;
    case 'away':
      return <AwaySheet live={live} away={sheet} onClose={close} />;
    case 'advice':
      return <AdviceSheet key={`${sheet.adviceId} ${sheet.form ?? ''}`} adviceId={sheet.adviceId} form={sheet.form} />;
    case 'allAdvice':
      return <AllAdviceSheet />;
    case 'whatIf':
      return <WhatIfSheet live={live} onClose={close} />;
    case 'rule':
      return <RuleSheet live={live} onClose={close} />;
    case 'forecasts':
      return <ForecastsSheet live={live} onClose={close} />;
    case 'issue':
      return <IssueSheet />;
    case 'day':
      return <DaySheet />;
    case 'outage':
      return <OutageSheet />;
    case 'search':
      return <SearchSheet />;
    case 'shortcuts':
      return <ShortcutsSheet />;
    case 'ledger':
      return <LedgerSheet live={live} onClose={close} />;
  }
}
