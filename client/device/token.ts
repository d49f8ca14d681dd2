/** A device page's token: taken once from the fragment, kept, and out of the address at once. */

export type DeviceKind = 'kiosk' | 'display' | 'terminal';

const keyOf = (kind: DeviceKind): string => `counterflow.device.${kind}`;
const inMemory = new Map<DeviceKind, string>();

function keep(kind: DeviceKind, token: string): void {
  inMemory.set(kind, token);
  try {
    localStorage.setItem(keyOf(kind), token);
  } catch {
    // Without storage the token lasts as long as the page.
  }
}

/** The token, or undefined when this device was never paired. */
export function deviceToken(kind: DeviceKind): string | undefined {
  const given = decodeURIComponent(window.location.hash.slice(1)).trim();
  if (given !== '') {
    keep(kind, given);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    return given;
  }
  try {
    return localStorage.getItem(keyOf(kind)) ?? inMemory.get(kind);
  } catch {
    return inMemory.get(kind);
  }
}

/** Typed in by hand where the address cannot be. */
export const pairDevice = keep;
