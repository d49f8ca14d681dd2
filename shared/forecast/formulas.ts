/** The classic formulas of a wait, in seconds. Sources with each; all are for one line served by `servers` alike. */

/** Queue length: (Q+1)/(sμ), the time until Q+1 services have ended while everybody is busy (Whitt 1999). */
export const queueLengthWait = (ahead: number, servers: number, meanServiceS: number): number =>
  ((ahead + 1) * meanServiceS) / Math.max(1, servers);

/**
 * The same where people give up: Σᵢ₌₀..Q 1/(sμ + iθ), since the i people left in line also leave it by themselves
 * (Whitt 1999). `leavingRate` θ: per person and second.
 */
export function queueLengthWaitWithLeavers(ahead: number, servers: number, meanServiceS: number, leavingRate: number): number {
  const drain = Math.max(1, servers) / meanServiceS;
  let wait = 0;
  for (let left = 0; left <= ahead; left += 1) wait += 1 / (drain + left * leavingRate);
  return wait;
}

/** What queue products tell: people ahead × mean service ÷ nominal windows. */
export const naiveWait = (ahead: number, nominalServers: number, meanServiceS: number): number =>
  (ahead * meanServiceS) / Math.max(1, nominalServers);
