import { commonTexts } from '../../i18n/common.ts';
import { tellerTexts } from '../../i18n/teller.ts';
import { type Translate, useTexts } from '../../i18n/texts.ts';
import { extensionOf, helpOf } from './available.ts';
import { keyMap, type TellerAction } from './key-map.ts';

const groups = [
  ['main', ['recall', 'noShow', 'startWith', 'addItem', 'park', 'transfer']],
  ['counter', ['bringBack', 'segment', 'fetch', 'pause', 'pauseAfter', 'walkUp', 'close']],
  ['extend', ['extendCoins', 'extendCounterfeit', 'extendAntiFraud', 'extendIdentity', 'extendGreenChannel', 'extendExplained']],
  ['help', ['helpAuthorisation', 'helpChange', 'helpCash', 'helpGuard', 'helpEscort', 'complaint']],
] as const satisfies readonly (readonly [string, readonly TellerAction[]])[];

type Common = Translate<keyof (typeof commonTexts)['zh']>;
type Own = Translate<keyof (typeof tellerTexts)['zh']>;

/** The word on the button; extensions and help are called the same on every screen. */
export function actionLabel(action: TellerAction, t: Own, common: Common): string {
  if (action === 'extendExplained') return common('extension.explained');
  if (isIn(extensionOf, action)) return common(`extension.${extensionOf[action]}`);
  if (isIn(helpOf, action)) return common(`help.${helpOf[action]}`);
  return t(`action.${action}`);
}

const isIn = <K extends string>(record: Readonly<Record<K, unknown>>, key: string): key is K => key in record;

/** Every action with its key. A click never takes the focus: Enter stays the natural next step. */
export function ActionGrid({ actions, onAction }: { actions: ReadonlySet<TellerAction>; onAction: (action: TellerAction) => void }) {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
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
              <span>{actionLabel(action, t, common)}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
