/** A network and a clock for tests of the sessions: nothing happens by itself. */
import { createLog } from '../platform/log.ts';
import type { LinkHandlers } from './link.ts';
import type { Pace, Surroundings } from './surroundings.ts';

export interface Question {
  readonly name: string;
  readonly requestId: number;
}

export interface FakeLink {
  readonly uri: string;
  readonly handlers: LinkHandlers;
  open: boolean;
  gone: boolean;
  question: Question | undefined;
}

/** Sockets and time that do nothing by themselves. */
export class FakeWorld {
  now = 0;
  readonly links: FakeLink[] = [];
  private timers: { at: number; work: () => void; off: boolean }[] = [];

  readonly connect = (uri: string, handlers: LinkHandlers) => {
    const link: FakeLink = { uri, handlers, open: false, gone: false, question: undefined };
    this.links.push(link);
    return {
      send: (text: string) => {
        link.question = (JSON.parse(text) as { header: Question }).header;
      },
      close: () => {
        link.gone = true;
        this.links.splice(this.links.indexOf(link), 1);
      },
    };
  };

  readonly scheduler = {
    after: (ms: number, work: () => void) => {
      const timer = { at: this.now + ms, work, off: false };
      this.timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  };

  get pending(): number {
    this.timers = this.timers.filter(({ off }) => !off);
    return this.timers.length;
  }

  pass(ms: number): void {
    this.now += ms;
    for (;;) {
      const due = this.timers.filter(({ at, off }) => !off && at <= this.now).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      due.off = true;
      due.work();
    }
    this.timers = this.timers.filter(({ off }) => !off);
  }

  surroundings(pace: Pace): Surroundings {
    return { connect: this.connect, scheduler: this.scheduler, now: () => this.now, fraction: () => 0.5, pace, log: createLog('silent') };
  }

  /** The connections to this address that nobody has closed. */
  to(uri: string): FakeLink {
    const found = this.links.find((link) => link.uri === uri);
    if (found === undefined) throw new Error(`nobody connects to ${uri}; only to ${this.links.map((link) => link.uri).join(', ')}`);
    return found;
  }

  open(link: FakeLink): void {
    link.open = true;
    link.handlers.onOpen();
  }

  /** A sound answer to what is being asked there. */
  answer(link: FakeLink, payload: object, completionCode = 'success'): void {
    const { question } = link;
    if (question === undefined) throw new Error(`nothing is asked at ${link.uri}`);
    link.question = undefined;
    link.handlers.onText(JSON.stringify({ header: { ...question, type: 'completion', completionCode }, payload }));
  }
}
