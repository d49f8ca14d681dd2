/** Sending commands as a good client does: the same id until there is an answer, and now and then twice for no reason. */
import { isDeepStrictEqual } from 'node:util';
import type { FloorCommand } from '../../shared/contract/commands.ts';
import type { Random } from '../../simulator/random.ts';
import type { Machine } from './machine.ts';
import type { Sender } from './senders.ts';
import type { World } from './world.ts';

export interface Reply {
  readonly seq: number;
  readonly events: readonly { readonly seq: number; readonly type: string }[];
  readonly result?: Readonly<Record<string, unknown>>;
}

export type Answer = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly status: number; readonly code: string };

/** One command id and everything the hub ever answered to it. */
export interface Parcel {
  readonly id: string;
  readonly actor: string;
  readonly command: FloorCommand;
  accepted?: Reply;
  /** Sends whose answer never came. */
  lost: number;
  sent: number;
}

export interface Tally {
  accepted: number;
  refused: number;
  lost: number;
  repeated: number;
}

const retryMs = 1_000;

export class Courier {
  readonly parcels: Parcel[] = [];
  readonly faults: string[] = [];
  readonly tally: Tally = { accepted: 0, refused: 0, lost: 0, repeated: 0 };
  private counted = 0;

  constructor(
    private readonly world: World,
    private readonly machine: Machine,
    private readonly random: Random,
    private readonly branchId: string,
  ) {}

  /** Comes back with the hub's answer, however often it has to ask. */
  async send(sender: Sender, command: FloorCommand): Promise<Answer> {
    const parcel: Parcel = { id: this.newId(), actor: sender.actor, command, lost: 0, sent: 0 };
    this.parcels.push(parcel);
    if (this.random.chance(0.06)) return this.twice(sender, parcel);
    const answer = await this.deliver(sender, parcel);
    if (this.random.chance(0.05)) this.world.spawn(() => this.again(sender, parcel));
    return answer;
  }

  /** A nervous finger: different presses, each a command of its own, all at once. */
  press(sender: Sender, command: FloorCommand, times: number): Promise<Answer[]> {
    return Promise.all(Array.from({ length: times }, () => this.send(sender, command)));
  }

  /** The network doubles it: both copies are under way at once. */
  private async twice(sender: Sender, parcel: Parcel): Promise<Answer> {
    this.tally.repeated += 1;
    const copies = this.random.chance(0.3) ? 3 : 2;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.deliver(sender, parcel)));
    return answers.find((answer) => answer.ok) ?? (answers[0] as Answer);
  }

  /** Much later, perhaps to a hub that was killed in between: the same id again, or under it another command. */
  private async again(sender: Sender, parcel: Parcel): Promise<void> {
    const accepted = parcel.accepted !== undefined;
    await this.world.sleep(this.random.between(1_000, 900_000));
    this.tally.repeated += 1;
    if (!accepted || this.random.chance(0.6)) return void (await this.deliver(sender, parcel));
    const answer = await this.post(sender, { id: parcel.id, type: 'ticket.issue', serviceId: 'deposit', partySize: 97 });
    if (answer !== undefined && (answer.ok || (answer.status !== 422 && answer.status !== 403))) {
      this.faults.push(
        `another command under the id of ${parcel.command.type} was answered ${answer.ok ? 'with success' : answer.code}, not 422`,
      );
    }
  }

  private async deliver(sender: Sender, parcel: Parcel): Promise<Answer> {
    for (;;) {
      await this.machine.up();
      parcel.sent += 1;
      const answer = await this.post(sender, { id: parcel.id, ...parcel.command });
      if (answer === undefined) {
        parcel.lost += 1;
        this.tally.lost += 1;
      } else if (!answer.ok && answer.status === 401) {
        await this.world.busy(sender.renew(this.machine));
      } else if (answer.ok || answer.status !== 503) {
        this.note(parcel, answer);
        return answer;
      }
      await this.world.sleep(retryMs);
    }
  }

  private note(parcel: Parcel, answer: Answer): void {
    if (answer.ok) {
      if (parcel.accepted === undefined) {
        parcel.accepted = answer.reply;
        this.tally.accepted += 1;
      } else if (!isDeepStrictEqual(parcel.accepted, answer.reply)) {
        this.faults.push(
          `${parcel.command.type} ${parcel.id} was answered in two ways: ${JSON.stringify(parcel.accepted)} and ${JSON.stringify(answer.reply)}`,
        );
      }
      return;
    }
    this.tally.refused += 1;
    if (answer.status >= 500 || answer.status === 400 || answer.status === 401 || answer.status === 404 || answer.status === 422) {
      this.faults.push(`${parcel.command.type} ${parcel.id} was answered ${answer.status} ${answer.code}`);
    }
    // A replay may be refused to somebody who may no longer do it; anything else must repeat the first answer.
    if (parcel.accepted !== undefined && answer.status !== 403)
      this.faults.push(`${parcel.command.type} ${parcel.id} was accepted, and later refused: ${answer.code}`);
  }

  /** Undefined: the line went dead before an answer came. */
  private async post(sender: Sender, body: object): Promise<Answer | undefined> {
    const response = await this.world.busy(this.machine.post(`/api/branches/${this.branchId}/commands`, sender.headers, body));
    if (response === undefined) return undefined;
    if (response.status === 200) return { ok: true, reply: response.body as Reply };
    return { ok: false, status: response.status, code: String((response.body as { code?: unknown }).code) };
  }

  private newId(): string {
    this.counted += 1;
    const hex = (length: number): string => Array.from({ length }, () => Math.floor(this.random.next() * 16).toString(16)).join('');
    return `${this.counted.toString(16).padStart(8, '0')}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}
