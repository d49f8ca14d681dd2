import { useEffect, useId, useRef } from 'react';
import { commonTexts } from '../i18n/common.ts';
import { useTexts } from '../i18n/texts.ts';

/** A native dialog: the browser traps the focus, Escape closes, focus goes back where it was. */
export function Sheet({
  title,
  onClose,
  children,
  wide = false,
  actions,
}: {
  title: React.ReactNode;
  onClose: () => void;
  children: React.ReactNode;
  wide?: boolean;
  actions?: React.ReactNode;
}) {
  const t = useTexts(commonTexts);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const node = dialog.current;
    if (node !== null && !node.open) {
      node.showModal();
      // The browser would choose the close button; the natural next step is nearer to the hand.
      const first = [
        '.sheet-body [aria-checked="false"][role="checkbox"]',
        '.sheet-body :is(input, textarea)',
        '.sheet-body .b-primary',
        '.sheet-body button',
      ]
        .map((wanted) => node.querySelector<HTMLElement>(wanted))
        .find((found) => found !== null);
      first?.focus();
    }
    return () => node?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'sheet sheet-wide' : 'sheet'}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet-inner">
        <header className="sheet-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" onClick={onClose} aria-label={t('action.close')}>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path d="M5 5l14 14M19 5 5 19" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
            </svg>
          </button>
        </header>
        <div className="sheet-body">{children}</div>
        {actions === undefined ? null : <footer className="sheet-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
