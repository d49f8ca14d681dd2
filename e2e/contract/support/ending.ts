import { expect } from 'vitest';
import type { HubProcess } from '../../support/hub-process.ts';

/** Ends a hub that must have lived through its tests. */
export async function endHub(hub: HubProcess | undefined): Promise<void> {
  if (hub === undefined) return;
  const { running, output } = hub;
  await hub.stop();
  expect(running, `the hub ended by itself: ${output}`).toBe(true);
}
