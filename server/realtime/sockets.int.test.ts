/** Real sockets against a listening hub: what they see, what ends them, what a dropped line costs (nothing). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kiosk, TestEdge, uuid } from '../http/edge.fixture.ts';
import { Viewer } from './viewer.fixture.ts';

let edge: TestEdge;
let manager: { cookie: string };
const open: Viewer[] = [];

beforeAll(async () => {
  edge = await TestEdge.start();
  manager = { cookie: await edge.signIn('manager') };
});
afterAll(() => edge.stop());
afterEach(() => {
  for (const viewer of open.splice(0)) viewer.socket.disconnect();
});

function connect(as: { cookie?: string; token?: string }, extra?: Record<string, string>): Viewer {
  const viewer = Viewer.connect(edge, as, extra);
  open.push(viewer);
  return viewer;
}

const issue = (segment?: string) => edge.command(manager, { type: 'ticket.issue', serviceId: 'deposit', segment });
const seqs = (viewer: Viewer): number[] => viewer.heard.map((event) => event.seq);
const rising = (from: number, to: number): number[] => Array.from({ length: to - from }, (_none, index) => from + index + 1);
const head = (): number => edge.hub.state('hq-01')?.seq ?? 0;
/** Every event after `from`, once and in order, to the last it heard: time may bring one of its own at any moment. */
const expectNoGap = (viewer: Viewer, from: number): void => expect(seqs(viewer)).toEqual(rising(from, viewer.heard.at(-1)?.seq ?? from));

describe('connecting', () => {
  it('needs a session or a device’s token', async () => {
    expect(await connect({}).refusal()).toBe('auth.required');
    expect(await connect({ token: 'demo-nothing' }).refusal()).toBe('auth.required');
    expect(await connect({ cookie: 'counterflow=x.y' }).refusal()).toBe('auth.required');
  });

  it('from another origin is refused, from its own is not', async () => {
    expect(await connect(kiosk, { origin: 'http://evil.example' }).refusal()).toBeTruthy();
    const own = connect(kiosk, { origin: edge.url });
    expect((await own.watch({ branchId: 'hq-01', audience: 'public' })).ok).toBe(true);
  });
});

describe('watching', () => {
  it('begins with the picture and goes on with every event, in order, none twice', async () => {
    const viewer = connect(manager);
    const before = head();
    const { ok, seq, floor } = await viewer.watch();
    expect([ok, seq >= before, floor !== undefined]).toEqual([true, true, true]);
    await Promise.all(Array.from({ length: 30 }, () => issue()));
    await viewer.caughtUp();
    expectNoGap(viewer, seq);
  });

  it.each<[string, unknown, string]>([
    ['nothing in it', {}, 'input.invalid'],
    ['null', null, 'input.invalid'],
    ['a text', 'hq-01', 'input.invalid'],
    ['a list', [], 'input.invalid'],
    ['no audience', { branchId: 'hq-01' }, 'input.invalid'],
    ['an audience nobody is', { branchId: 'hq-01', audience: 'god' }, 'input.invalid'],
    ['an id that is an object', { branchId: {}, audience: 'staff' }, 'input.invalid'],
    ['an `after` that is a text', { branchId: 'hq-01', audience: 'staff', after: '5' }, 'input.invalid'],
    ['a branch of others', { branchId: 'hq-02', audience: 'staff' }, 'branch.forbidden'],
  ])('%s is answered with a code', async (_name, payload, code) => {
    const viewer = connect(manager);
    expect(await viewer.watch(payload)).toEqual({ ok: false, code });
    expect((await viewer.watch()).ok).toBe(true);
  });

  it('a branch of others, and a staff view asked for by a device, are logged as refused', async () => {
    edge.logged.length = 0;
    await connect(manager).watch({ branchId: 'hq-02', audience: 'staff' });
    await connect(kiosk).watch({ branchId: 'hq-01', audience: 'staff' });
    expect(edge.logged.map((line) => JSON.parse(line))).toMatchObject([
      { code: 'branch.forbidden', actor: 'manager', msg: 'socket refused' },
      { code: 'forbidden', actor: 'device:hq-01-kiosk', msg: 'socket refused' },
    ]);
  });

  it('nonsense without an answer to give, and events nobody knows, hurt nobody', async () => {
    const viewer = connect(manager);
    await viewer.until(() => viewer.socket.connected);
    viewer.socket.emit('watch');
    viewer.socket.emit('watch', { branchId: 'hq-01', audience: 'staff' });
    viewer.socket.emit('watch', () => undefined, 5);
    viewer.socket.emit('unwatch', { branchId: 7 });
    viewer.socket.emit('sudo', { everything: true });
    expect((await viewer.watch()).ok).toBe(true);
  });

  it('a message too large ends that line alone', async () => {
    const other = connect(manager);
    await other.watch();
    const viewer = connect(manager);
    await viewer.until(() => viewer.socket.connected);
    const ended = new Promise((resolve) => viewer.socket.once('disconnect', resolve));
    viewer.socket.emit('watch', { branchId: 'x'.repeat(3_000_000), audience: 'staff' });
    await ended;
    await issue();
    await other.caughtUp();
    expect(other.socket.connected).toBe(true);
  });

  it('a device is public, whatever it asks for', async () => {
    const viewer = connect(kiosk);
    expect(await viewer.watch({ branchId: 'hq-01', audience: 'staff' })).toEqual({ ok: false, code: 'forbidden' });
    const { floor, seq } = await viewer.watch({ branchId: 'hq-01', audience: 'public' });
    await edge.command(manager, {
      type: 'ticket.issue',
      serviceId: 'balance',
      segment: 'disabled',
      contact: { name: '赵六', phone: '13700000000' },
    });
    await edge.command(manager, { type: 'branch.setDayType', dayType: 'payday' });
    await viewer.caughtUp();
    expect(JSON.stringify([floor, viewer.heard])).not.toMatch(
      /limit|staff|reason|contact|overrun|attention|segment|赵六|13700000000|"actor"/,
    );
    expectNoGap(viewer, seq);
    // Of what else time may bring meanwhile it hears no word either.
    const heard = viewer.heard.map(({ type }) => type);
    expect(heard.filter((type) => type !== 'skip')).toEqual(['ticket.issued']);
    expect(heard).toContain('skip');
  });

  it('staff may watch what the public sees; a second watch of a branch replaces the first', async () => {
    const viewer = connect(manager);
    await viewer.watch();
    const { seq } = await viewer.watch({ branchId: 'hq-01', audience: 'public' });
    await issue('elderly');
    await viewer.caughtUp();
    expectNoGap(viewer, seq);
    expect(JSON.stringify(viewer.heard)).not.toContain('elderly');
  });

  it('unwatch ends it', async () => {
    const viewer = connect(manager);
    await viewer.watch();
    await viewer.socket.emitWithAck('unwatch', { branchId: 'hq-01', audience: 'staff' });
    const before = viewer.heard.length;
    await issue();
    // An answer on the same line comes after all that was sent before it.
    await viewer.socket.emitWithAck('unwatch', { branchId: 'hq-01', audience: 'staff' });
    expect(viewer.heard).toHaveLength(before);
  });

  it('a teller hears of a colleague’s overrun only that something was skipped', async () => {
    await edge.command(manager, { type: 'counter.open', counterId: 'c1', staffId: 'teller1' });
    await issue();
    await edge.command(manager, { type: 'ticket.callNext', counterId: 'c1' });
    await edge.command(manager, { type: 'ticket.start', counterId: 'c1' });
    const [own, colleague, lead] = [
      connect({ cookie: await edge.signIn('teller1') }),
      connect({ cookie: await edge.signIn('teller2') }),
      connect(manager),
    ];
    const everybody = await Promise.all([own, colleague, lead].map(async (viewer) => ({ viewer, seq: (await viewer.watch()).seq })));
    edge.push(5 * 60_000);
    await edge.command(manager, { type: 'ticket.complete', counterId: 'c1' });
    await Promise.all([own.caughtUp(), colleague.caughtUp(), lead.caughtUp()]);
    const recorded = (viewer: Viewer) => viewer.heard.some((event) => event.type === 'overrun.recorded');
    expect([recorded(own), recorded(colleague), recorded(lead)]).toEqual([true, false, true]);
    for (const { viewer, seq } of everybody) expectNoGap(viewer, seq);
  });
});

describe('catching up', () => {
  it('`after` brings what was missed, over a dropped line and a restart, without gap or repeat', async () => {
    const viewer = connect(manager);
    const { seq } = await viewer.watch();
    await issue();
    await viewer.caughtUp();
    viewer.socket.disconnect();
    await Promise.all(Array.from({ length: 25 }, () => issue()));
    viewer.socket.connect();
    const answer = await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: viewer.heard.at(-1)?.seq });
    expect(answer.ok).toBe(true);
    expect(answer.floor).toBeUndefined();
    await issue();
    await viewer.caughtUp();
    expectNoGap(viewer, seq);

    const last = viewer.heard.at(-1)?.seq;
    await edge.restart();
    manager = { cookie: await edge.signIn('manager') };
    const back = connect(manager);
    expect((await back.watch({ branchId: 'hq-01', audience: 'staff', after: last })).floor).toBeUndefined();
    await Promise.all([issue(), issue()]);
    await back.caughtUp();
    expectNoGap(back, last ?? 0);
  });

  it('while commands pour in, every viewer that joins at any moment has each event once', async () => {
    const start = head();
    let pouring = true;
    const pour = async (): Promise<void> => {
      while (pouring) await issue();
    };
    const streams = [pour(), pour(), pour(), pour()];
    const viewers = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const viewer = connect(manager);
        await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: start });
        return viewer;
      }),
    );
    pouring = false;
    await Promise.all(streams);
    for (const viewer of viewers) {
      await viewer.caughtUp();
      expectNoGap(viewer, start);
    }
  });

  it('the public catches up with its own smaller words', async () => {
    const start = head();
    await edge.command(manager, { type: 'ticket.issue', serviceId: 'wire', segment: 'pregnant' });
    await edge.command(manager, { type: 'branch.setDayType', dayType: 'market' });
    const viewer = connect(kiosk);
    await viewer.watch({ branchId: 'hq-01', audience: 'public', after: start });
    await viewer.caughtUp();
    const own = ['ticket.issued', 'branch.dayTypeSet'];
    const whole = edge.hub.eventsAfter('hq-01', start, 100).slice(0, viewer.heard.length);
    expect(whole.map(({ type }) => type)).toEqual(expect.arrayContaining(own));
    // Of what else time may bring meanwhile the public hears no word either.
    expect(viewer.heard.map(({ type }) => type)).toEqual(whole.map(({ type }) => (type === 'ticket.issued' ? type : 'skip')));
    expect(JSON.stringify(viewer.heard)).not.toContain('pregnant');
  });

  it('a screen that hangs is cut before it costs much, and comes back by `after`', async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => issue()));
    const viewer = connect(manager);
    const { seq } = await viewer.watch();
    const dropped = new Promise((resolve) => viewer.socket.once('disconnect', resolve));
    const goOn = viewer.hang();
    const cutBefore = edge.logged.length;
    for (let ask = 0; ask < 200; ask += 1) viewer.socket.emit('watch', { branchId: 'hq-01', audience: 'staff' }, () => undefined);
    while (!edge.logged.slice(cutBefore).some((line) => line.includes('slow viewer dropped'))) await issue();
    goOn();
    await dropped;
    viewer.heard.length = 0;
    await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: seq });
    await viewer.caughtUp();
    expectNoGap(viewer, seq);
  });

  it('at the head nothing comes; beyond it, or from too long ago, the picture', async () => {
    const viewer = connect(manager);
    const from = head();
    expect((await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: from })).floor).toBeUndefined();
    expect((await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: head() + 1 })).floor).toBeDefined();
    expect((await viewer.watch({ branchId: 'hq-01', audience: 'staff', after: Number.MAX_SAFE_INTEGER })).floor).toBeDefined();
    expect(seqs(viewer).filter((seq) => seq <= from)).toEqual([]);
  });
});

describe('access that ends', () => {
  const admin = async () => edge.signIn('admin');
  const watching = async (as: { cookie?: string; token?: string }, audience = 'staff') => {
    const viewer = connect(as);
    expect((await viewer.watch({ branchId: 'hq-01', audience })).ok).toBe(true);
    return viewer;
  };
  const cut = async (viewer: Viewer) => {
    await viewer.until(() => viewer.revoked && !viewer.socket.connected);
    const before = viewer.heard.length;
    await issue();
    expect(viewer.heard).toHaveLength(before);
  };

  it('signing out cuts this session’s sockets and no other', async () => {
    const [cookie, elsewhere] = [await edge.signIn('teller4'), await edge.signIn('teller4')];
    const [viewer, other] = [await watching({ cookie }), await watching({ cookie: elsewhere })];
    await edge.ask('DELETE', '/api/session', { cookie });
    await cut(viewer);
    await other.caughtUp();
    expect(other.revoked).toBe(false);
    expect(await connect({ cookie }).refusal()).toBe('auth.required');
  });

  it.each([
    ['a disabled account', { type: 'account.disable', username: 'teller5' }],
    ['a changed password', { type: 'account.setPassword', username: 'teller6', password: 'fresh-pass-77' }],
  ])('%s cuts its sockets, and one that was offline stays out', async (_name, command) => {
    const cookie = await edge.signIn(command.username);
    const [viewer, offline] = [await watching({ cookie }), await watching({ cookie })];
    offline.socket.disconnect();
    await edge.bank(await admin(), command);
    await cut(viewer);
    offline.socket.connect();
    expect(await offline.refusal()).toBe('auth.required');
  });

  it('a revoked device is cut and stays out, over a restart too', async () => {
    const cookie = await admin();
    const made = await edge.bank(cookie, {
      type: 'device.create',
      deviceId: `d-${uuid().slice(0, 8)}`,
      kind: 'display',
      branchId: 'hq-01',
    });
    const { token } = made.json().result;
    const viewer = await watching({ token }, 'public');
    await edge.bank(cookie, { type: 'device.revoke', deviceId: made.json().events[0].deviceId });
    await cut(viewer);
    expect(await connect({ token }).refusal()).toBe('auth.required');
    await edge.restart();
    manager = { cookie: await edge.signIn('manager') };
    expect(await connect({ token }).refusal()).toBe('auth.required');
  });

  it('another role is taken up by the line coming back, not by signing in again', async () => {
    const cookie = await edge.signIn('teller7');
    const viewer = await watching({ cookie });
    const dropped = new Promise((resolve) => viewer.socket.once('disconnect', resolve));
    await edge.bank(await admin(), { type: 'account.update', username: 'teller7', branches: ['hq-02'] });
    await dropped;
    expect(await viewer.watch({ branchId: 'hq-01', audience: 'staff' })).toEqual({ ok: false, code: 'branch.forbidden' });
    expect(viewer.revoked).toBe(false);
  });

  it('who is lent follows the other branch as long as the loan lasts, and no longer', async () => {
    const [cookie, head] = [await edge.signIn('floater1'), await edge.signIn('head')];
    const viewer = await watching({ cookie });
    const dropped = () => new Promise((resolve) => viewer.socket.once('disconnect', resolve));
    const there = { branchId: 'hq-02', audience: 'staff' } as const;
    expect(await viewer.watch(there)).toEqual({ ok: false, code: 'branch.forbidden' });
    const lent = dropped();
    const today = edge.hub.state('hq-01')?.day?.date ?? '';
    const loan = { type: 'loan.make', loanId: 'l1', staffId: 'floater1', fromBranchId: 'hq-01', toBranchId: 'hq-02', date: today };
    expect((await edge.bank(head, loan)).statusCode).toBe(200);
    await lent;
    expect((await viewer.watch(there)).ok).toBe(true);
    const back = dropped();
    expect((await edge.bank(head, { type: 'loan.end', loanId: 'l1' })).statusCode).toBe(200);
    await back;
    expect(await viewer.watch(there)).toEqual({ ok: false, code: 'branch.forbidden' });
    expect(viewer.revoked).toBe(false);
  });
});
