import { describe, expect, test } from 'vitest';
import type { HubEvent } from '../client/messages.ts';
import type { RecordedDay } from './recording.ts';
import { replayReport, reportLines, spread } from './report.ts';

const day: RecordedDay = {
  date: '2001-05-01',
  phantoms: 0,
  calls: [
    { line: 2, type: 'PS', vip: false, arrivalS: 10, waitS: 5, outcome: 'AGENT', serviceS: 60 },
    { line: 3, type: 'PS', vip: false, arrivalS: 20, waitS: 30, outcome: 'HANG' },
  ],
};
const plan = new Map([
  ['2', { at: 10_000, serviceMs: 60_000 }],
  ['3', { at: 20_000, serviceMs: 60_000 }],
]);
const tickets = new Map([
  ['2', 'a'],
  ['3', 'b'],
]);
const log = (...rows: [type: string, ticketId: string, at: number][]): HubEvent[] =>
  rows.map(([type, ticketId, at], index) => ({ seq: index + 1, type, ticketId, at }));
const good = log(
  ['ticket.issued', 'a', 10_500],
  ['ticket.called', 'a', 12_500],
  ['ticket.started', 'a', 12_600],
  ['ticket.issued', 'b', 20_000],
  ['ticket.cancelled', 'b', 50_000],
  ['ticket.completed', 'a', 73_600],
);

describe('the report of a replay', () => {
  test('every arrival is accounted for once, with waits beside the file’s', () => {
    const report = replayReport(day, good, tickets, plan);
    expect(report.faults).toEqual([]);
    expect(report.hub).toMatchObject({ served: 1, left: 1, noShow: 0, unserved: 0 });
    expect(report.hub.servedWait.mean).toBe(2);
    expect(report.file.servedWait.mean).toBe(5);
    expect(report.hub.leftWait.mean).toBe(30);
    expect(report.lateArrivals.p99).toBe(0.5);
    expect(report.longServices.p99).toBe(1);
    expect(reportLines(report, 60)).toContain(
      'Accounting: 2 in the file = 2 issued = 1 served + 1 left + 0 noShow + 0 unserved, none twice',
    );
  });

  test('a ticket that ended twice or never, or that no call asked for, is a fault', () => {
    const twice = [...good, ...log(['ticket.cancelled', 'a', 80_000])];
    expect(replayReport(day, twice, tickets, plan).faults).toEqual(['ticket a ended 2 times']);
    expect(replayReport(day, good.slice(0, -1), tickets, plan).faults).toEqual(['ticket a ended 0 times']);
    const stranger = [...good, ...log(['ticket.issued', 'x', 1], ['ticket.cancelled', 'x', 2])];
    expect(replayReport(day, stranger, tickets, plan).faults).toEqual(['ticket x is no call of the file']);
  });

  test('a call without a ticket, and two calls with the same one, are faults', () => {
    expect(replayReport(day, good, new Map([['2', 'a']]), plan).faults).toContain('1 calls of the file got no ticket');
    const shared = new Map([
      ['2', 'a'],
      ['3', 'a'],
    ]);
    expect(replayReport(day, good, shared, plan).faults).toContain('1 calls share a ticket with another');
  });

  test('who left in the file and was called here is counted apart', () => {
    const served = log(
      ['ticket.issued', 'b', 20_000],
      ['ticket.called', 'b', 21_000],
      ['ticket.started', 'b', 21_000],
      ['ticket.completed', 'b', 81_000],
    );
    expect(replayReport(day, served, tickets, plan).leftInFileServedHere).toBe(1);
  });

  test('a spread of nothing is nothing', () => {
    expect(spread([])).toEqual({ mean: 0, median: 0, p90: 0, p99: 0, within60s: 0, within5min: 0 });
    expect(spread([10, 400, 61, 30]).within60s).toBe(0.5);
  });
});
