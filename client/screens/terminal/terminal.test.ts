import { describe, expect, it } from 'vitest';
import type { TerminalPerson } from '../../../shared/contract/terminal.ts';
import type { Answer, Api } from '../../live/api.ts';
import { type Act, actsOf, commandsOf } from './acts.ts';
import { createSpeaker } from './speak.ts';

const person = (more: Partial<TerminalPerson> = {}): TerminalPerson => ({
  staffId: 'teller1',
  name: '王丽华',
  role: 'teller',
  hasPin: true,
  posts: [{ kind: 'counter', counterId: 'c3' }, { kind: 'counter', counterId: 'c1' }, { kind: 'backOffice' }],
  offShift: false,
  ...more,
});
const here = (counterId?: string): TerminalPerson['here'] & object => ({
  staffId: 'teller1',
  since: 0,
  arrivedAt: 0,
  post: counterId === undefined ? { kind: 'backOffice' } : { kind: 'counter', counterId },
});
const done = (one: TerminalPerson) => actsOf(one).main.map((act) => (act.do === 'take' ? (act.post.counterId ?? act.post.kind) : act.do));

describe('what is offered at the terminal', () => {
  it('begins with the post the plan names; other counters stand apart', () => {
    expect(done(person())).toEqual(['c3', 'backOffice']);
    expect(actsOf(person()).counters.map(({ post }) => post.counterId)).toEqual(['c1']);
    expect(done(person({ posts: [{ kind: 'lobby' }, { kind: 'counter', counterId: 'c1' }] }))).toEqual(['lobby', 'c1']);
  });

  it('is a break, another post, leaving or going home for whoever is on a post; coming back for whoever is on a break', () => {
    expect(done(person({ here: here('c3'), posts: [{ kind: 'backOffice' }] }))).toEqual(['breakBegin', 'backOffice', 'leave', 'goHome']);
    expect(done(person({ here: here(), posts: [] }))).toEqual(['breakBegin', 'leave', 'goHome']);
    expect(done(person({ here: { ...here('c3'), break: { since: 1 } } }))).toEqual(['breakEnd', 'leave', 'goHome']);
  });

  it('takes a window’s leaving with it on the way home, and the shift’s beginning on the way back', () => {
    const types = (act: Act, one: TerminalPerson) => commandsOf(act, one).map(({ type }) => type);
    expect(types({ do: 'goHome' }, person({ here: here('c3') }))).toEqual(['post.leave', 'shift.end']);
    expect(types({ do: 'goHome' }, person({ here: here() }))).toEqual(['shift.end']);
    expect(commandsOf({ do: 'take', post: { kind: 'counter', counterId: 'c3' } }, person({ offShift: true }))).toEqual([
      { type: 'shift.begin' },
      { type: 'post.take', kind: 'counter', counterId: 'c3' },
    ]);
  });
});

describe('a word at the terminal', () => {
  const lost: Answer<never> = { ok: false, problem: { status: 0, code: 'unreachable', detail: '' } };
  const locked: Answer<never> = { ok: false, problem: { status: 429, code: 'pin.locked', detail: '', retryAfterMs: 900_000 } };
  const said: Answer<unknown> = { ok: true, value: { seq: 7, result: {} } };
  const hub = (answers: Answer<unknown>[]) => {
    const asked: { id: string; pin: string }[] = [];
    const send = async (_method: string, _path: string, body?: unknown) => {
      asked.push(body as { id: string; pin: string });
      return answers.shift() ?? lost;
    };
    let n = 0;
    const api: Api = { get: async () => lost, send: send as Api['send'] };
    return {
      asked,
      speaker: createSpeaker(
        { api, branchId: 'b' },
        () => `id-${(n += 1)}`,
        async () => undefined,
      ),
    };
  };
  const leave = [{ type: 'post.leave' }] as const;

  it('goes out under one id over lost lines, and when it is said again after them', async () => {
    const { asked, speaker } = hub([lost, lost, lost, said]);
    expect(await speaker.speak('teller1', '258046', leave)).toEqual(lost);
    expect(await speaker.speak('teller1', '258046', leave)).toEqual(said);
    expect(asked.map(({ id }) => id)).toEqual(['id-1', 'id-1', 'id-1', 'id-1']);
  });

  it('of two parts begins again at the first, which does not happen twice, and stops where one is refused', async () => {
    const { asked, speaker } = hub([said, lost, lost, lost, said, said, locked]);
    const home = [{ type: 'post.leave' }, { type: 'shift.end' }] as const;
    expect(await speaker.speak('teller1', '258046', home)).toEqual(lost);
    expect(await speaker.speak('teller1', '258046', home)).toEqual(said);
    expect(asked.map(({ id }) => id)).toEqual(['id-1', 'id-2', 'id-2', 'id-2', 'id-1', 'id-2']);
    expect(await speaker.speak('teller1', '258046', home)).toEqual(locked);
    expect(asked).toHaveLength(7);
  });

  it('is not repeated against a locked PIN, and is a new one after it, and for whoever comes next', async () => {
    const { asked, speaker } = hub([locked, lost, lost, lost, said]);
    expect(await speaker.speak('teller1', '258046', leave)).toEqual(locked);
    await speaker.speak('teller1', '258046', leave);
    speaker.forget();
    await speaker.speak('teller1', '258046', leave);
    expect(asked.map(({ id }) => id)).toEqual(['id-1', 'id-2', 'id-2', 'id-2', 'id-3']);
  });
});
