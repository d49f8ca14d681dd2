/** One service of a device, followed: connect, ask for its status again and again, listen, reconnect. */
import { backoff, type Backoff } from './backoff.ts';
import { type Answer, Dialogue } from './dialogue.ts';
import type { Message } from './envelope.ts';
import type { ServiceView } from './mapping.ts';
import { ServiceFacts } from './service-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** A refusal that asking again will not change. */
const never = new Set(['unsupportedCommand', 'invalidCommand']);
/** After an event the status is asked at once, but not sooner after the last time than this part of the usual pace. */
const SOONEST_SHARE = 0.1;

export class ServiceSession {
  readonly uri: string;
  private readonly world: Surroundings;
  private readonly changed: () => void;
  private readonly retry: Backoff;
  private dialogue: Dialogue | undefined;
  private facts: ServiceFacts | undefined;
  private accessory = false;
  private heardAt: number | undefined;
  private cancelNext: () => void = () => undefined;
  private statusAt = 0;
  private storageAt = Number.NEGATIVE_INFINITY;
  private storageRefused = false;
  private hurried = false;
  private stopped = false;

  /** `changed`: it said something, or is lost. */
  constructor(world: Surroundings, uri: string, changed: () => void) {
    this.world = world;
    this.uri = uri;
    this.changed = changed;
    this.retry = backoff(world.pace.retryFirstMs, world.pace.retryLongestMs, world.fraction);
    this.open();
  }

  get view(): ServiceView {
    return { facts: this.facts, accessory: this.accessory };
  }

  /** When it last answered or spoke on its present connection (monotonic, real ms); undefined while it does not. */
  get lastHeardAt(): number | undefined {
    return this.facts === undefined ? undefined : this.heardAt;
  }

  stop(): void {
    this.stopped = true;
    this.cancelNext();
    this.dialogue?.end();
    this.facts = undefined;
  }

  private open(): void {
    this.storageRefused = false;
    this.storageAt = Number.NEGATIVE_INFINITY;
    this.hurried = false;
    this.dialogue = new Dialogue(this.world, this.uri, {
      onOpen: () => this.askStatus(),
      onUnsolicited: (message) => this.hear(message),
      onLost: () => this.lost(),
    });
  }

  private lost(): void {
    this.dialogue = undefined;
    const said = this.facts !== undefined;
    this.facts = undefined;
    this.next(this.retry.next(), () => this.open());
    if (said) this.changed();
  }

  private askStatus(): void {
    this.statusAt = this.world.now();
    this.hurried = false;
    this.dialogue?.ask('Common.Status', (answer) => this.hearStatus(answer));
  }

  private hearStatus(answer: Answer): void {
    this.facts ??= new ServiceFacts();
    if (answer.ok) this.facts.hearStatus(answer.payload);
    else this.facts.hearFailure(answer.code);
    if (answer.ok) this.accessory = this.facts.accessory;
    this.heardAt = this.world.now();
    this.retry.reset();
    const storageDue = this.world.now() - this.storageAt >= this.world.pace.storageEveryMs;
    if (answer.ok && this.facts.stores && !this.storageRefused && storageDue) this.askStorage();
    else this.rest();
    this.changed();
  }

  private askStorage(): void {
    this.storageAt = this.world.now();
    this.dialogue?.ask('Storage.GetStorage', (answer) => {
      if (answer.ok) this.facts?.hearStorage(answer.payload);
      else this.storageRefused = never.has(answer.code);
      this.rest();
      this.changed();
    });
  }

  private hear(message: Extract<Message, { kind: 'unsolicited' }>): void {
    // Before the first answer nothing is known to which a change could be added; the answer will contain it.
    if (this.facts === undefined || !this.facts.hearEvent(message)) return;
    this.heardAt = this.world.now();
    if (message.name.startsWith('Storage.')) this.storageAt = Number.NEGATIVE_INFINITY;
    this.hurry();
    this.changed();
  }

  /** The whole status right after an event; a device that chatters is not asked at each word of it. */
  private hurry(): void {
    if (this.hurried || this.dialogue?.busy === true) return;
    this.hurried = true;
    this.rest();
  }

  private rest(): void {
    const { statusEveryMs } = this.world.pace;
    const spacing = this.hurried ? statusEveryMs * SOONEST_SHARE : statusEveryMs;
    this.next(Math.max(0, this.statusAt + spacing - this.world.now()), () => this.askStatus());
  }

  private next(ms: number, work: () => void): void {
    this.cancelNext();
    if (!this.stopped) this.cancelNext = this.world.scheduler.after(ms, work);
  }
}
