/** One connection and at most one question on it: an answer, a refusal or nothing within its time. */
import { type JsonObject, type Message, readFrame, writeCommand } from './envelope.ts';
import type { Link } from './link.ts';
import type { Surroundings } from './surroundings.ts';

export type Answer = { readonly ok: true; readonly payload: JsonObject } | { readonly ok: false; readonly code: string };

export interface DialogueHandlers {
  onOpen(): void;
  onUnsolicited(message: Extract<Message, { kind: 'unsolicited' }>): void;
  /** Once: the connection ended, or a question found no answer. Nothing comes after it. */
  onLost(): void;
}

interface Question {
  readonly name: string;
  readonly requestId: number;
  readonly answered: (answer: Answer) => void;
  readonly cancel: () => void;
}

export class Dialogue {
  private readonly world: Surroundings;
  private readonly handlers: DialogueHandlers;
  private readonly link: Link;
  private question: Question | undefined;
  private lastRequestId = 0;
  private open = false;
  private ended = false;
  private readonly cancelOpening: () => void;

  constructor(world: Surroundings, uri: string, handlers: DialogueHandlers) {
    this.world = world;
    this.handlers = handlers;
    this.cancelOpening = world.scheduler.after(world.pace.answerWithinMs, () => this.lose());
    this.link = world.connect(uri, {
      onOpen: () => {
        if (this.ended || this.open) return;
        this.open = true;
        this.cancelOpening();
        handlers.onOpen();
      },
      onText: (text) => this.hear(text),
      onClosed: () => this.lose(),
    });
  }

  /** A question is under way. */
  get busy(): boolean {
    return this.question !== undefined;
  }

  /** Asks, when nothing else is being asked. No answer in time = the connection is lost. */
  ask(name: string, answered: (answer: Answer) => void): void {
    if (this.ended || !this.open || this.busy) return;
    const { answerWithinMs } = this.world.pace;
    const requestId = ++this.lastRequestId;
    const cancel = this.world.scheduler.after(answerWithinMs, () => this.lose());
    this.question = { name, requestId, answered, cancel };
    this.link.send(writeCommand(name, requestId, answerWithinMs));
  }

  /** Without `onLost`. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.cancelOpening();
    this.question?.cancel();
    this.question = undefined;
    this.link.close();
  }

  private lose(): void {
    if (this.ended) return;
    this.end();
    this.handlers.onLost();
  }

  private hear(text: string): void {
    if (this.ended || !this.open) return;
    const message = readFrame(text);
    if (message === undefined) return;
    if (message.kind === 'unsolicited') return this.handlers.onUnsolicited(message);
    const { question } = this;
    if (question === undefined || message.requestId !== question.requestId || message.name !== question.name) return;
    if (message.kind === 'acknowledge' && message.accepted) return;
    question.cancel();
    this.question = undefined;
    if (message.kind === 'acknowledge') question.answered({ ok: false, code: 'refused' });
    else question.answered(message.code === 'success' ? { ok: true, payload: message.payload } : { ok: false, code: message.code });
  }
}
