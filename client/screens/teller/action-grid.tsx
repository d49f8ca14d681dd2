import { tellerTexts } from '../../i18n/teller.ts';
import { useTexts } from '../../i18n/texts.ts';
import { keyMap, type TellerAction } from './key-map.ts';

const groups = [
  ['main', ['recall', 'noShow', 'startWith', 'addItem', 'park', 'transfer', 'bringBack', 'segment', 'fetch']],
  ['extend', ['extendCoins', 'extendCounterfeit', 'extendAntiFraud', 'extendIdentity', 'extendGreenChannel', 'extendExplained']],
  ['help', ['helpAuthorisation', 'helpChange', 'helpCash', 'helpGuard', 'helpEscort']],
  ['counter', ['pause', 'pauseAfter', 'walkUp', 'close', 'figures', 'keys']],
] as const satisfies readonly (readonly [string, readonly TellerAction[]])[];

/** Every action with its key. A click never takes the focus: Enter stays the natural next step. */
export function ActionGrid({ actions, onAction }: { actions: ReadonlySet<TellerAction>; onAction: (action: TellerAction) => void }) {
  const t = useTexts(tellerTexts);
  return (
    <div className="teller-actions">
      {groups.map(([group, members]) => (
        <div key={group} role="group" aria-label={t(`group.${group}`)} className={`teller-group g-${group}`}>
          {members.map((action) => (
            <button
              key={action}
              type="button"
              data-action={action}
              disabled={!actions.has(action)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onAction(action)}
            >
              <kbd>{keyMap[action].cap}</kbd>
              <span>{t(`action.${action}`)}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
