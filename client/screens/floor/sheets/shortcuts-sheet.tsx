import { floorTexts } from '../../../i18n/floor.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { useFloorContext } from '../floor-context.ts';
import { shortcuts } from '../shortcuts.ts';

export function ShortcutsSheet() {
  const { close } = useFloorContext();
  const t = useTexts(floorTexts);
  return (
    <Sheet title={t('shortcuts.title')} onClose={close}>
      <dl className="shortcut-list">
        {shortcuts.map(({ what, shown }) => (
          <div key={what}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{t(`shortcut.${what}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>1</kbd>–<kbd>9</kbd>
          </dt>
          <dd>{t('shortcut.counter')}</dd>
        </div>
        <div>
          <dt>
            <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>{t('shortcut.arrows')}</dd>
        </div>
      </dl>
    </Sheet>
  );
}
