import { useState } from 'react';

export interface ButtonProps extends Omit<React.ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** A returned promise keeps the button busy until it settles: a second press does nothing. */
  onPress?: () => unknown;
  /** Shown on the button: its key. */
  hotkey?: string;
}

export function Button({ variant = 'plain', onPress, hotkey, children, className, type = 'button', disabled, ...rest }: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const press = (): void => {
    if (busy || onPress === undefined) return;
    const result = onPress();
    if (!(result instanceof Promise)) return;
    setBusy(true);
    void result.finally(() => setBusy(false));
  };
  return (
    <button
      {...rest}
      type={type}
      className={`button b-${variant}${className === undefined ? '' : ` ${className}`}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {children}
      {hotkey === undefined ? null : <kbd>{hotkey}</kbd>}
    </button>
  );
}
