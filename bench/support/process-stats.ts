/** What the system says of a process (Linux). */
import { readFileSync } from 'node:fs';

/** Ticks of `/proc/PID/stat`: 100 a second on every Linux Node runs on. */
const TICK_MS = 10;

/** Processor time used so far, ms; does not mind who else is busy on the machine. */
export function processorMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export const residentKiB = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
