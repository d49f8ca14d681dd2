/** The servers as features: known to be open, or inferred from who served lately. */
import { AT, type Feature } from './features.ts';
import type { LineState, Server } from './line.state.ts';
import { idleClassOf } from './presence.ts';
import { SLOT_MS } from './rhythm.ts';

/** A change planned within so long counts as about to come. */
const SOON_MS = 600_000;
const ACTIVE = [
  ['active2', 120_000],
  ['active5', 300_000],
  ['active15', 900_000],
  ['active60', 3_600_000],
] as const;

export function readServers(state: LineState, now: number, row: Float64Array): void {
  const add = (name: Feature, by = 1): void => void (row[AT[name]] = (row[AT[name]] as number) + by);
  const residuals: number[] = [];
  let known = false;
  let pace = 0;
  for (const server of state.servers.values()) {
    if (server.duty !== undefined) known = true;
    const planned = plannedChange(server, now);
    if (server.duty === 'open') add('open');
    if (planned !== undefined) add(planned);
    const idleMs = server.serving === undefined ? now - server.endedAt : 0;
    for (const [name, ms] of ACTIVE) if (idleMs <= ms) add(name);
    if (idleMs <= 300_000) pace += state.paceOf(server);
    if (server.serving === undefined) {
      const idle = idleName(idleClassOf(state.idleS(server, now)));
      if (idle !== undefined) add(idle);
      continue;
    }
    const elapsed = (now - server.serving.since) / 1_000;
    add('busy');
    add('elapsedMean', elapsed);
    row[AT.elapsedMost] = Math.max(row[AT.elapsedMost] as number, elapsed);
    residuals.push(state.durationsOf(server.serving.kind).residualS(elapsed));
  }
  residuals.sort((a, b) => a - b);
  row[AT.elapsedMean] = (row[AT.elapsedMean] as number) / Math.max(1, residuals.length);
  row[AT.residualFirst] = residuals[0] ?? 0;
  row[AT.residualSecond] = residuals[1] ?? 0;
  row[AT.residualSum] = residuals.reduce((sum, value) => sum + value, 0);
  row[AT.pace] = (row[AT.active5] as number) === 0 ? 1 : pace / (row[AT.active5] as number);
  row[AT.usualActive] = state.rhythm.at(now).active;
  row[AT.usualActiveSoon] = state.rhythm.at(now + SLOT_MS).active;
  if (!known) for (const name of ['open', 'opening', 'closing'] as const) row[AT[name]] = -1;
}

function plannedChange({ duty, changesAt }: Server, now: number): 'opening' | 'closing' | undefined {
  if (duty === undefined || changesAt === undefined || changesAt - now > SOON_MS) return undefined;
  return duty === 'open' ? 'closing' : 'opening';
}

function idleName(idleClass: number): Feature | undefined {
  if (idleClass <= 2) return 'idleNow';
  if (idleClass <= 4) return 'idleMinute';
  return idleClass <= 6 ? 'idleTenMinutes' : undefined;
}
