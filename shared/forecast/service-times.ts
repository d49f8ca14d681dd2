/** What is known of how long services take, by kind, frozen: looked up a thousand times a second while days are simulated. */
import { Durations } from './durations.ts';

const STEP_S = 15;
const STEPS = 240;

export interface ServiceTimes {
  /** Mean over all kinds as they came. */
  readonly meanS: number;
  readonly meanOfKindS: readonly number[];
  /** Mean of what is left of a service that has lasted so long. */
  leftS(kind: number, elapsedS: number): number;
  /** Equally likely durations of a kind, ascending. */
  readonly quantilesOfKindS: readonly Float64Array[];
}

/** However long a service lasts, it holds up only its own window: to the line it counts at most as so many ordinary ones. */
const STUCK_SERVICES = 2;

/** Work that a service with so much left still means to the line, in seconds of one window. */
export const lineWorkS = (leftS: number, meanS: number): number => Math.min(leftS, STUCK_SERVICES * meanS);

export const workLeftS = (services: ServiceTimes, kind: number, elapsedS: number): number =>
  lineWorkS(services.leftS(kind, elapsedS), services.meanS);

/** Of services that ended, by kind; learns on until it is frozen. */
export class ServiceLessons {
  private readonly kinds: Durations[];
  private readonly all: Durations;

  constructor(kinds: number, priorMeanS: number) {
    this.all = new Durations(priorMeanS);
    this.kinds = Array.from({ length: kinds }, () => new Durations(priorMeanS));
  }

  learn(kind: number, seconds: number): void {
    this.all.learn(seconds);
    this.kinds[kind]?.learn(seconds);
  }

  freeze(): ServiceTimes {
    const left = this.kinds.map((durations) => Float64Array.from({ length: STEPS }, (_none, step) => durations.residualS(step * STEP_S)));
    return {
      meanS: this.all.meanS(),
      meanOfKindS: this.kinds.map((durations) => durations.meanS()),
      leftS: (kind, elapsedS) => left[kind]?.[Math.min(STEPS - 1, Math.floor(elapsedS / STEP_S))] ?? 0,
      quantilesOfKindS: this.kinds.map((durations) => durations.quantiles().slice()),
    };
  }
}
