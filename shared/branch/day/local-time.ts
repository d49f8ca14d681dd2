/** `HH:MM` as ms since midnight; `24:00` is the end of the day. */
export const msOfTime = (local: string): number => {
  const [hours = 0, minutes = 0] = local.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};
