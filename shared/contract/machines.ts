/** Self-service machines as they cross the wire: the registry, what a machine tells of itself, the words for its faults. */
import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const label = z.string().trim().min(1).max(80);
const fen = z.number().int().min(0).max(1e13);
const localTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM');

export const machineKinds = ['atm', 'recycler', 'smartCounter', 'videoTeller', 'passbookPrinter', 'enquiry', 'numberKiosk'] as const;
export const machineStates = ['inService', 'attention', 'outOfService', 'unknown'] as const;

/** One registered machine. */
export const machineSchema = z.object({
  id,
  kind: z.enum(machineKinds),
  name: z.object({ zh: label, en: label }),
  /** Where it stands, as staff say it. */
  place: z.object({ zh: label, en: label }).optional(),
  /** Away from the branch (离行式). */
  offSite: z.boolean().optional(),
  /** Services of the branch it can do instead of a counter, each up to an amount. */
  services: z.array(z.object({ serviceId: id, upToFen: fen.optional() })).max(100),
  /** When it should be in service: with the branch (default), always, or between two local times every day. */
  inService: z.union([z.enum(['branch', 'always']), z.object({ from: localTime, until: localTime })]).optional(),
  /** How long one customer takes there: for the offer at the kiosk. */
  typicalMs: z.number().int().min(5_000).max(3_600_000).optional(),
});

/** Values of machines.md (XFS4IoT); a word this hub does not know is taken as `unknown` where the field has it, else left out. */
export const deviceStates = [
  'online',
  'offline',
  'powerOff',
  'noDevice',
  'hardwareError',
  'userError',
  'deviceBusy',
  'fraudAttempt',
  'potentialFraud',
  'starting',
  'unknown',
] as const;
export const cashPathStates = ['ok', 'attention', 'stop', 'unknown'] as const;
export const readerStates = ['ok', 'jammed', 'cardRetained', 'inoperative', 'unknown'] as const;
export const paperStates = ['full', 'low', 'out', 'jammed', 'unknown'] as const;
export const shutterStates = ['closed', 'open', 'jammedOpen', 'jammedPartiallyOpen', 'jammedClosed', 'jammedUnknown', 'unknown'] as const;
export const doorStates = ['closed', 'open', 'locked', 'bolted', 'tampered', 'unknown'] as const;
export const replenishmentStates = ['ok', 'full', 'high', 'low', 'empty', 'unknown'] as const;
export const unitStates = ['ok', 'inoperative', 'missing', 'notConfigured', 'manipulated', 'unknown'] as const;

export const machineStatusSchema = z.object({
  device: z.enum(deviceStates).optional(),
  dispenser: z.enum(cashPathStates).optional(),
  acceptor: z.enum(cashPathStates).optional(),
  reader: z.enum(readerStates).optional(),
  paper: z.enum(paperStates).optional(),
  shutter: z.enum(shutterStates).optional(),
  door: z.enum(doorStates).optional(),
  units: z
    .array(
      z.object({
        id,
        replenishment: z.enum(replenishmentStates).optional(),
        status: z.enum(unitStates).optional(),
        count: z.number().int().min(0).max(1e6).optional(),
      }),
    )
    .max(32)
    .optional(),
});

/** What is wrong with a machine, in the hub's own words; a fault's line, severity and effect stand in `fault-table.ts` of the core. */
export const faultCodes = [
  'offline',
  'hardwareError',
  'userError',
  'fraudAttempt',
  'potentialFraud',
  'dispenserStopped',
  'dispenserAttention',
  'acceptorStopped',
  'acceptorAttention',
  'cardJam',
  'cardRetained',
  'readerBroken',
  'paperLow',
  'paperOut',
  'paperJam',
  'shutterJam',
  'doorOpen',
  'doorTampered',
  'cashLow',
  'cashOut',
  'cashFull',
  'unitBroken',
  'unitManipulated',
  'silent',
  'stateUnknown',
  'other',
] as const;

/** A bank's own choices about machines. */
export const machinePolicySchema = z.object({
  /** Silent so long = unknown. Never above the 30 s that the board promises. */
  silentAfterMs: z.number().int().min(5_000).max(30_000),
  /** A fault gone so long is over; coming back sooner it is the same fault (flapping). */
  settleMs: z
    .number()
    .int()
    .min(0)
    .max(24 * 3_600_000),
  /** What staff reported by hand is believed so long. */
  handReportMs: z
    .number()
    .int()
    .min(60_000)
    .max(7 * 24 * 3_600_000),
  /** Counts alone are written down at most so often. */
  countEveryMs: z.number().int().min(1_000).max(3_600_000),
  /** An unsettled cash difference reminds so often. */
  differenceEveryMs: z
    .number()
    .int()
    .min(60_000)
    .max(24 * 3_600_000),
  /** Nobody asks a machine's help for less. */
  offerIfQuickerByMs: z.number().int().min(0).max(3_600_000),
});

export type MachineConfig = z.infer<typeof machineSchema>;
export type MachineKind = (typeof machineKinds)[number];
export type MachineStateName = (typeof machineStates)[number];
export type MachineStatus = z.infer<typeof machineStatusSchema>;
export type FaultCode = (typeof faultCodes)[number];
export type MachinePolicy = z.infer<typeof machinePolicySchema>;
