/** A hub started by the demo's launcher ends with it, however the launcher ends: its death closes the channel between them. */
export function endWithParent(stop: () => void): void {
  if (process.env['COUNTERFLOW_PARENT'] === undefined || !process.connected) return;
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopping = true));
  process.once('disconnect', () => {
    if (!stopping) stop();
  });
  // The hub's own work keeps the process alive, not this channel.
  process.channel?.unref();
}
