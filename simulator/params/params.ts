/** What a virtual day is like: one JSON file per day type beside this file, checked when read. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type DayType, dayTypes } from '../../shared/contract/day-types.ts';
import { segments } from '../../shared/contract/config.ts';

const share = z.number().min(0).max(1);
const ms = z.number().int().min(0);
const spread = z.strictObject({ medianMs: ms, sigma: z.number().min(0).max(2) });
const amount = z.strictObject({ medianFen: z.number().int().min(1), sigma: z.number().min(0).max(3) });

const serviceMix = z.strictObject({
  serviceId: z.string().min(1),
  /** Weight among the services. */
  share: z.number().min(0),
  ...spread.shape,
  amount: amount.optional(),
  /** Handled in notes: a count goes with the amount. */
  cash: z.boolean().optional(),
});

export const paramsSchema = z.strictObject({
  dayType: z.enum(dayTypes),
  arrivals: z.strictObject({
    /** Local time of the first half hour. */
    opens: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** Customers expected in each half hour from then on. */
    perHalfHour: z.array(z.number().min(0).max(5_000)).min(1).max(48),
    /** Already at the door when the run begins. */
    atTheDoor: z.number().int().min(0).max(500),
    /** Where a run that is not tied to the clock begins: the morning peak. */
    lively: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** With more waiting per open window than this a newcomer turns round at the door. */
    balkPerWindow: z.number().positive(),
  }),
  services: z.array(serviceMix).min(1),
  segments: z.partialRecord(z.enum(segments), share),
  visit: z.strictObject({
    /** Chance of one more transaction after each. */
    another: share,
    most: z.number().int().min(1).max(10),
    /** Something goes wrong and a transaction takes `factor` times as long. */
    trouble: z.strictObject({ share, factor: z.number().min(1).max(10) }),
    /** Sacks of coins and damaged notes. */
    coins: z.strictObject({ share, low: share, high: share }),
    company: share,
    walk: spread,
  }),
  noShow: z.strictObject({ share, lateShare: share }),
  patience: z.strictObject({ share, ...spread.shape }),
  rating: z.strictObject({ coverage: share, scores: z.array(z.number().min(0)).length(5) }),
  tellers: z.strictObject({
    reaction: spread,
    pauseEvery: spread,
    pause: spread,
    lunchShare: share,
    lunch: spread,
    mostPausedShare: share,
    helpShare: share,
    parkShare: share,
    walkUpShare: share,
    /** Of those who walk with difficulty: somebody is asked to fetch them. */
    fetchShare: share,
    /** After a busy stretch a teller presses finish first and calls the next a moment later. */
    separateFinishShare: share,
  }),
  manager: z.strictObject({
    roundMs: ms,
    answerHelp: spread,
    confirmCashCount: spread,
    divertShare: share,
    divertReturnShare: share,
    unpark: spread,
    /** How long advice is left to a person who may be watching. */
    takesAdvice: spread,
    /** Where the hub does not advise: waiting per open window at which an elastic one opens, and below which it closes again. */
    elasticOpensAbove: z.number().positive(),
    elasticClosesBelow: z.number().positive(),
    elasticLeastMs: ms,
  }),
});

export type Params = z.infer<typeof paramsSchema>;
export type ServiceMix = z.infer<typeof serviceMix>;

type Json = { [key: string]: unknown };

/** Parameters of a day type. Throws, naming the field, when the file does not fit. */
export function loadParams(dayType: DayType): Params {
  return parseParams(readJson(`${dayType}.json`), (name) => readJson(`${name}.json`));
}

/** A file may say `extends` and then only what differs; lists are replaced whole. */
export function parseParams(json: unknown, read: (name: string) => unknown): Params {
  const { extends: base, ...own } = z.looseObject({ extends: z.string().optional() }).parse(json);
  return paramsSchema.parse(base === undefined ? own : merge(z.looseObject({}).parse(read(base)), own));
}

function merge(base: Json, own: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const under = base[key];
    merged[key] = isObject(under) && isObject(value) ? merge(under, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}
