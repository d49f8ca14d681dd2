/** The demo's command line and environment; a wrong value is one clear line. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type DayType, dayTypes } from '../../shared/contract/day-types.ts';

export interface DemoOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly speed: number;
  readonly seed: number;
  readonly still: boolean;
  readonly fresh: boolean;
  /** Local time of the demo bank at which a fresh demo begins, on a working day; absent: now. */
  readonly start?: string;
  readonly dayType: DayType;
  readonly replay?: { readonly file: string; readonly date: string; readonly latelyMs: number };
}

interface Flags {
  port?: number;
  data?: string;
  speed?: number;
  seed?: number;
  still?: boolean;
  fresh?: boolean;
  start?: string;
  dayType: DayType;
  replay?: string;
  date?: string;
  lately: number;
}

const REPLAY_SPEED = 120;
const GREATEST_SPEED = 10_000;

/** Commander writes the line about a wrong value itself and exits with 1. */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>, randomSeed: number): DemoOptions {
  const command = new Command('demo')
    .description('a demo bank: the hub with virtual customers and tellers')
    .option('--port <n>', 'port to serve on', whole(0, 65_535))
    .option('--data <dir>', 'where the demo keeps its database')
    .option('--speed <x>', 'hub time runs so many times as fast', speed)
    .option('--seed <n>', 'seed of everything random', whole(0, 4_294_967_295))
    .option('--still', 'nobody virtual: an open branch that waits for you')
    .option('--fresh', 'start over: empty the demo’s own data first')
    .option('--start <HH:MM>', 'begin at that time of a working day (with --fresh)', localTime)
    .option('--day-type <type>', `which parameters: ${dayTypes.join(', ')}`, dayType, 'ordinary')
    .option('--replay <file>', 'replay a recorded day, call by call')
    .option('--date <date>', 'the day to replay, YYYY-MM-DD')
    .option('--lately <minutes>', 'an agent of the recording counts as on duty so long after the last service', whole(0, 240), 10)
    .allowExcessArguments(false);
  const flags = command.parse([...argv], { from: 'user' }).opts<Flags>();
  const fromEnv = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      return command.error(`${name}=${JSON.stringify(text)} is wrong: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  if ((flags.replay === undefined) !== (flags.date === undefined)) command.error('--replay FILE and --date YYYY-MM-DD go together');
  if (flags.replay !== undefined && flags.still) command.error('--still and --replay exclude each other');
  if (flags.start !== undefined && !(flags.fresh === true && flags.replay === undefined))
    command.error('--start HH:MM goes with --fresh, and not with --replay');
  const replay = flags.replay !== undefined &&
    flags.date !== undefined && { file: resolve(flags.replay), date: flags.date, latelyMs: flags.lately * 60_000 };
  return {
    port: flags.port ?? fromEnv('PORT', whole(0, 65_535)) ?? 3000,
    host: env['HOST'] || '127.0.0.1',
    dataDir: resolve(flags.data ?? (env['DATA_DIR'] || (replay ? './data/replay' : './data/demo'))),
    speed: flags.speed ?? fromEnv('SPEED', speed) ?? (replay ? REPLAY_SPEED : 1),
    seed: flags.seed ?? randomSeed,
    still: flags.still === true,
    fresh: flags.fresh === true,
    ...(flags.start !== undefined && { start: flags.start }),
    dayType: flags.dayType,
    ...(replay && { replay }),
  };
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,10}$/.test(text) || value < min || value > max) throw new InvalidArgumentError(`a whole number from ${min} to ${max}`);
    return value;
  };
}

function localTime(text: string): string {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('a time such as 08:30');
  return text;
}

function speed(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || value < 0.1 || value > GREATEST_SPEED)
    throw new InvalidArgumentError(`a number from 0.1 to ${GREATEST_SPEED}`);
  return value;
}

function dayType(text: string): DayType {
  const known = dayTypes.find((type) => type === text);
  if (known === undefined) throw new InvalidArgumentError(`one of ${dayTypes.join(', ')}`);
  return known;
}
