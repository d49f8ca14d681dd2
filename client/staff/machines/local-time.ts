/** Between an instant and what stands in a date-and-time field, in the branch's zone. Minutes are exact, seconds dropped. */

export function localOf(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant that shows as `local` (`2026-11-23T14:00`) in the zone; undefined where it is no time, or skipped by the zone's clocks. */
export function instantOf(local: string, zone: string): number | undefined {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const offset = (at: number): number => Date.parse(`${localOf(at, zone)}Z`) - at;
  const first = wanted - offset(wanted);
  const at = wanted - offset(first);
  return localOf(at, zone) === local.slice(0, 16) ? at : undefined;
}
