import type { TellerDialog } from '../teller-context.ts';
import { AppealDialog, BringBackDialog, CloseDialog } from './counter-dialogs.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { AddItemDialog, ExplainedDialog, ParkDialog, SegmentDialog, StartDialog, WalkUpDialog } from './ticket-dialogs.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

export function TellerDialogs({ dialog }: { dialog: TellerDialog }) {
  switch (dialog.kind) {
    case 'pause':
      return <PauseDialog after={false} />;
    case 'pauseAfter':
      return <PauseDialog after />;
    case 'transfer':
      return <TransferDialog />;
    case 'addItem':
      return <AddItemDialog />;
    case 'startWith':
      return <StartDialog />;
    case 'segment':
      return <SegmentDialog />;
    case 'walkUp':
      return <WalkUpDialog />;
    case 'extendExplained':
      return <ExplainedDialog />;
    case 'park':
      return <ParkDialog />;
    case 'bringBack':
      return <BringBackDialog />;
    case 'close':
      return <CloseDialog />;
    case 'appeal':
      return <AppealDialog overrunId={dialog.overrunId} />;
    case 'keys':
      return <KeysDialog />;
  }
}
