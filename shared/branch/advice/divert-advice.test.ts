import { expect, test } from 'vitest';
import { give, refusedToGive } from '../testing/advice.ts';
import { FleetScenario } from '../testing/machines.ts';

/** The recycler in service, six with withdrawals in the line. */
function lobby(): { s: FleetScenario; tickets: string[] } {
  const s = FleetScenario.start();
  s.hear('m2', { device: 'online' });
  s.open('c1');
  return { s, tickets: Array.from({ length: 6 }, () => s.issue('withdrawal')) };
}

test('accepted, these customers are sent to that machine; who was called meanwhile is left alone', () => {
  const { s, tickets } = lobby();
  const ticketIds = tickets.slice(0, 4);
  const id = give(s, { kind: 'divertToMachine', ticketIds, machineId: 'm2' });
  s.call('c1');
  s.do({ type: 'advice.accept', adviceId: id });
  expect(ticketIds.map((ticketId) => s.ticket(ticketId).state)).toEqual(['called', 'diverted', 'diverted', 'diverted']);
  expect(s.events('advice.carriedOut')[0]).toMatchObject({ ticketIds: ticketIds.slice(1) });
  expect(s.ticket(ticketIds[1] ?? '').machineId).toBe('m2');
});

test('never the elderly nor anybody with a special need, never more than four, never what the machine cannot do', () => {
  const { s, tickets } = lobby();
  const to = (ticketIds: string[], machineId = 'm2') => refusedToGive(s, { kind: 'divertToMachine', ticketIds, machineId });
  for (const segment of ['elderly', 'over80', 'disabled', 'pregnant', 'infant'] as const)
    expect(to([s.issue('withdrawal', segment)])).toBe('advice.nobody_to_send');
  expect(to(tickets.slice(0, 5))).toBe('advice.nobody_to_send');
  expect(to([s.issue('wealth')])).toBe('advice.nobody_to_send');
  expect(to([s.issue('withdrawal', 'ordinary', { amountFen: 2_000_001 })])).toBe('advice.nobody_to_send');
  expect(to(tickets.slice(0, 1), 'm1')).toBe('advice.nobody_to_send');
});

test('the machine breaks down: the advice is withdrawn', () => {
  const { s, tickets } = lobby();
  give(s, { kind: 'divertToMachine', ticketIds: tickets.slice(0, 2), machineId: 'm2' });
  s.hear('m2', { dispenser: 'stop' });
  expect(s.events('advice.withdrawn')[0]).toMatchObject({ why: 'nobody_to_send' });
});

test('a customer turns out to be elderly: they stay, the others go', () => {
  const { s, tickets } = lobby();
  const [first = '', second = ''] = tickets;
  const id = give(s, { kind: 'divertToMachine', ticketIds: [first, second], machineId: 'm2' });
  s.do({ type: 'ticket.setSegment', ticketId: first, segment: 'elderly', reason: 'asked' });
  s.do({ type: 'advice.accept', adviceId: id });
  expect([s.ticket(first).state, s.ticket(second).state]).toEqual(['waiting', 'diverted']);
});
