import { commonTexts } from '../../../i18n/common.ts';
import { tellerTexts } from '../../../i18n/teller.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { actionLabel } from '../action-grid.tsx';
import { keyMap, tellerActions } from '../key-map.ts';
import { useTeller } from '../teller-context.ts';

const spoken = (code: string): string =>
  code
    .replace(/^Numpad/, 'Num ')
    .replace('Divide', '/')
    .replace('Multiply', '*')
    .replace('Subtract', '−')
    .replace('Add', '+')
    .replace('Decimal', '.')
    .replace(/^Digit/, '');

/** Every key there is. */
export function KeysDialog() {
  const t = useTexts(tellerTexts);
  const common = useTexts(commonTexts);
  const { close } = useTeller();
  return (
    <Sheet title={t('dialog.keysTitle')} onClose={close} wide>
      <dl className="teller-keys">
        {tellerActions.map((action) => (
          <div key={action}>
            <dt>{actionLabel(action, t, common)}</dt>
            <dd>
              <kbd>{keyMap[action].cap}</kbd>
              {keyMap[action].codes
                .map(spoken)
                .filter((name) => name !== keyMap[action].cap && name.startsWith('Num '))
                .map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
