import { describe, expect, test } from 'vitest';
import type { Segment } from '../../contract/config.ts';
import { FleetScenario } from '../testing/machines.ts';
import { HOUR, MINUTE, NINE, Scenario } from '../testing/scenario.ts';
import { divertible, machineFor } from './offer.ts';

/** Both cash machines in service, one window open, so many waiting for it. */
function busy(waiting = 12): FleetScenario {
  const s = FleetScenario.start();
  s.hear('m1', { device: 'online' });
  s.hear('m2', { device: 'online' });
  s.hear('m4', { device: 'online' });
  s.open('c1');
  for (let n = 0; n < waiting; n += 1) s.issue('withdrawal');
  return s;
}

const offer = (s: FleetScenario, serviceId = 'withdrawal', segment?: Segment, amountFen?: number) =>
  machineFor(s.state, { serviceId, segment, amountFen }, s.now);

describe('a machine is offered', () => {
  test('where it is quicker: the quickest that can do it, never one in another place', () => {
    const s = busy();
    expect(offer(s)).toMatchObject({ machineId: 'm2' });
    expect(offer(s)?.savesMs).toBeGreaterThan(10 * MINUTE);
    s.hear('m2', { dispenser: 'stop' });
    expect(offer(s)).toMatchObject({ machineId: 'm1' });
    s.hear('m1', { paper: 'low' });
    expect(offer(s)).toBeUndefined();
  });

  test('not where the window is as quick, nor for what it cannot do', () => {
    expect(offer(busy(0))).toBeUndefined();
    const s = busy();
    expect(offer(s, 'wealth')).toBeUndefined();
    expect(offer(s, 'withdrawal', 'ordinary', 2_000_001)).toBeUndefined();
    expect(offer(s, 'withdrawal', 'ordinary', 2_000_000)).toMatchObject({ machineId: 'm2' });
    expect(offer(s, 'deposit', 'ordinary', 9_000_000)).toMatchObject({ machineId: 'm2' });
  });

  test.each(['elderly', 'over80'] as const)('never to the %s', (segment) => {
    // Everybody who waits goes before others too: the window would take them as long as anybody.
    const s = busy(0);
    for (let n = 0; n < 12; n += 1) s.issue('withdrawal', 'disabled');
    expect(offer(s, 'withdrawal', 'disabled')).toBeDefined();
    expect(offer(s, 'withdrawal', segment)).toBeUndefined();
    const ticketId = s.issue('withdrawal', segment);
    expect(divertible(s.state, s.ticket(ticketId), s.now)).toBeUndefined();
  });

  test('not while it is being worked on, unknown, or unheard', () => {
    const s = busy();
    for (const machineId of ['m1', 'm2']) s.do({ type: 'machine.planMaintenance', machineId, fromAt: NINE, untilAt: NINE + HOUR });
    expect(offer(s)).toBeUndefined();
    const silent = busy();
    silent.silence(MINUTE);
    expect(offer(silent)).toBeUndefined();
  });

  test('whoever was sent there goes first, so that not everybody is sent to one', () => {
    const s = busy();
    const last = [...s.state.tickets.values()].at(-1)?.id ?? '';
    expect(divertible(s.state, s.ticket(last), s.now)).toMatchObject({ machineId: 'm2' });
    s.do({ type: 'ticket.divert', ticketId: last, to: 'machine', machineId: 'm2' });
    expect(s.ticket(last).machineId).toBe('m2');
    expect(offer(s)).toMatchObject({ machineId: 'm1' });
    s.do({ type: 'ticket.undivert', ticketId: last });
    expect(s.ticket(last).machineId).toBeUndefined();
    expect(offer(s)).toMatchObject({ machineId: 'm2' });
  });
});

describe('a customer is sent to a machine', () => {
  const divert = (ticketId: string, more: object = {}) => ({ type: 'ticket.divert', ticketId, to: 'machine', ...more }) as const;

  test('only to one that is there, works, and can do what they came for', () => {
    const s = busy(1);
    const ticketId = s.issue('withdrawal');
    const to = (machineId: string, id = ticketId): string => s.refused(divert(id, { machineId }));
    expect(to('m9')).toBe('machine.unknown');
    expect(to('m4')).toBe('machine.off_site');
    expect(to('m3')).toBe('machine.cannot_serve');
    expect(to('m2', s.issue('withdrawal', 'ordinary', { amountFen: 2_000_001 }))).toBe('machine.cannot_serve');
    s.hear('m1', { device: 'offline' });
    expect(to('m1')).toBe('machine.out_of_service');
    s.hear('m1', { device: 'unknown' });
    expect(to('m1')).toBe('machine.state_unknown');
    expect(to('m3', s.issue('balance'))).toBe('machine.state_unknown');
    s.hear('m1', { device: 'online', paper: 'low' });
    s.do({ type: 'machine.planMaintenance', machineId: 'm2', fromAt: NINE, untilAt: NINE + HOUR });
    expect(to('m2')).toBe('machine.under_maintenance');
    s.do(divert(ticketId, { machineId: 'm1' }));
    expect(s.ticket(ticketId)).toMatchObject({ state: 'diverted', machineId: 'm1' });
  });

  test('to no machine by name they go wherever they are shown, whatever is known of the fleet', () => {
    const s = FleetScenario.start();
    const ticketId = s.issue('wealth');
    s.do(divert(ticketId));
    expect(s.ticket(ticketId).state).toBe('diverted');
  });

  test('the elderly only at their own wish', () => {
    const s = busy(1);
    const ticketId = s.issue('withdrawal', 'elderly');
    expect(s.refused(divert(ticketId))).toBe('divert.elderly');
    s.do(divert(ticketId, { customerAsked: true, machineId: 'm1' }));
  });

  test('the elderly are back in line as soon as they are known to be', () => {
    const s = busy(1);
    const ticketId = s.issue('withdrawal');
    s.do(divert(ticketId, { machineId: 'm1' }));
    s.do({ type: 'ticket.setSegment', ticketId, segment: 'over80', reason: '身份证' });
    expect(s.ticket(ticketId)).toMatchObject({ state: 'waiting', segment: 'over80', machineId: undefined });
    const other = s.issue('withdrawal');
    s.do(divert(other, { machineId: 'm1' }));
    s.do({ type: 'ticket.setSegment', ticketId: other, segment: 'pregnant', reason: '看得出' });
    expect(s.ticket(other).state).toBe('diverted');
  });

  test('a branch without a registry sends people as it sees fit, the elderly there too only at their own wish', () => {
    const s = Scenario.open();
    expect(s.refused(divert(s.issue('withdrawal', 'over80'), { machineId: 'm1' }))).toBe('divert.elderly');
    const ticketId = s.issue('withdrawal');
    s.do(divert(ticketId, { machineId: 'm1' }));
    expect(s.ticket(ticketId).state).toBe('diverted');
  });
});
