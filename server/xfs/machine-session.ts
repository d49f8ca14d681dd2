/** One machine, followed: its services looked for, each followed, what they say put together. */
import type { MachineStatus } from '../../shared/contract/machines.ts';
import { type Address, candidates, serviceUris } from './addresses.ts';
import { backoff, type Backoff } from './backoff.ts';
import { Dialogue } from './dialogue.ts';
import { statusOf } from './mapping.ts';
import type { Said } from './reporter.ts';
import { ServiceSession } from './service-session.ts';
import type { Surroundings } from './surroundings.ts';

export class MachineSession {
  readonly machineId: string;
  private readonly world: Surroundings;
  private readonly address: Address;
  private readonly changed: (machine: MachineSession) => void;
  private readonly retry: Backoff;
  private readonly publishers: readonly string[];
  private readonly services = new Map<string, ServiceSession>();
  /** Which of the publishers is asked next: the one that answered last time first. */
  private turn = 0;
  private dialogue: Dialogue | undefined;
  private cancelNext: () => void = () => undefined;
  private told: MachineStatus = {};
  private reachable = false;
  private stopped = false;

  /** `changed`: what the machine would report may be another now. */
  constructor(world: Surroundings, machineId: string, address: Address, changed: (machine: MachineSession) => void) {
    this.world = world;
    this.machineId = machineId;
    this.address = address;
    this.changed = changed;
    this.retry = backoff(world.pace.retryFirstMs, world.pace.retryLongestMs, world.fraction);
    this.publishers = candidates(address);
    this.discover();
  }

  /** What the machine is and when it was last heard (monotonic, real ms); undefined while none of its services answers. */
  said(): Said | undefined {
    const sessions = [...this.services.values()];
    const heardAt = Math.max(...sessions.map(({ lastHeardAt }) => lastHeardAt ?? Number.NEGATIVE_INFINITY));
    if (heardAt === Number.NEGATIVE_INFINITY) return undefined;
    this.told = statusOf(
      sessions.map(({ view }) => view),
      this.told,
    );
    return { status: this.told, heardAt };
  }

  stop(): void {
    this.stopped = true;
    this.cancelNext();
    this.dialogue?.end();
    for (const service of this.services.values()) service.stop();
    this.services.clear();
  }

  private discover(): void {
    const publisher = this.publishers[this.turn % this.publishers.length] ?? '';
    const dialogue = new Dialogue(this.world, publisher, {
      onOpen: () =>
        dialogue.ask('ServicePublisher.GetServices', (answer) => {
          dialogue.end();
          if (answer.ok) this.found(publisher, serviceUris(answer.payload, publisher, this.address));
          else this.notFound();
        }),
      onUnsolicited: () => undefined,
      onLost: () => this.notFound(),
    });
    this.dialogue = dialogue;
  }

  private found(publisher: string, uris: readonly string[]): void {
    if (uris.length === 0) return this.notFound();
    for (const [uri, service] of this.services) {
      if (uris.includes(uri)) continue;
      service.stop();
      this.services.delete(uri);
    }
    for (const uri of uris) {
      if (!this.services.has(uri)) this.services.set(uri, new ServiceSession(this.world, uri, () => this.heard()));
    }
    this.note(true, { publisher: new URL(publisher).host, services: uris.length });
    this.retry.reset();
    this.next(this.world.pace.discoverEveryMs);
    this.heard();
  }

  /** The services known so far are followed on: only the list of them cannot be had. */
  private notFound(): void {
    this.turn++;
    // A range of ports is gone through at once; the pause comes after the last of them.
    const round = this.turn % this.publishers.length === 0;
    if (round) this.note(false, {});
    this.next(round ? this.retry.next() : 0);
  }

  private heard(): void {
    if (!this.stopped) this.changed(this);
  }

  private note(reachable: boolean, facts: object): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    const about = { machineId: this.machineId, ...facts };
    if (reachable) this.world.log.info(about, 'the machine’s services are found');
    else this.world.log.warn(about, 'the machine’s services cannot be asked for');
  }

  private next(ms: number): void {
    this.cancelNext();
    this.dialogue = undefined;
    if (!this.stopped) this.cancelNext = this.world.scheduler.after(ms, () => this.discover());
  }
}
