import { describe, expect, test } from 'vitest';
import type { Floor, HubEvent } from '../client/messages.ts';
import { FloorPicture } from './floor-picture.ts';

const floor: Floor = {
  services: [{ id: 'deposit' }, { id: 'wealth', offered: false }],
  counters: [
    { id: 'c1', kind: 'cash', state: 'idle', since: 0, staffId: 'teller1' },
    { id: 'c2', kind: 'cash', state: 'closed', since: 0 },
  ],
  tickets: [{ id: 'a', serviceId: 'deposit', segment: 'elderly', state: 'waiting', issuedAt: 0 }],
};

function pictureWith(...events: HubEvent[]): FloorPicture {
  const picture = new FloorPicture();
  picture.onFloor(floor, 10);
  picture.apply(events, true);
  return picture;
}

const called: HubEvent = { seq: 11, type: 'ticket.called', ticketId: 'a', counterId: 'c1', at: 1_000 };
const started: HubEvent = { seq: 12, type: 'ticket.started', ticketId: 'a', counterId: 'c1', at: 2_000 };
const completed: HubEvent = { seq: 13, type: 'ticket.completed', ticketId: 'a', counterId: 'c1', at: 9_000 };

describe('the floor as virtual people see it', () => {
  test('a number is followed from the line to the window and out', () => {
    const picture = pictureWith(called);
    expect(picture.counters.get('c1')).toMatchObject({ state: 'calling', ticketId: 'a', staffId: 'teller1' });
    expect(picture.waiting).toBe(0);
    picture.apply([started], true);
    expect(picture.tickets.get('a')).toMatchObject({ state: 'serving', itemSince: 2_000, segment: 'elderly' });
    picture.apply([completed], true);
    expect(picture.counters.get('c1')).toMatchObject({ state: 'idle', staffId: 'teller1' });
    expect(picture.counters.get('c1')?.ticketId).toBeUndefined();
    expect(picture.tickets.size).toBe(0);
  });

  test('a reply may come before the socket tells the same, and nothing goes back', () => {
    const picture = new FloorPicture();
    picture.onFloor(floor, 10);
    picture.apply([called, started, completed], false);
    picture.apply([called, started, completed], true);
    expect(picture.counters.get('c1')?.state).toBe('idle');
    expect(picture.tickets.size).toBe(0);
    expect(picture.waiting).toBe(0);
  });

  test('the issue of a number that has ended already does not bring it back, its return does', () => {
    const picture = pictureWith(called, started, completed);
    picture.apply([{ seq: 9, type: 'ticket.issued', ticketId: 'a', serviceId: 'deposit', at: 0 }], false);
    expect(picture.tickets.size).toBe(0);
    picture.apply(
      [
        {
          seq: 14,
          type: 'ticket.returned',
          ticketId: 'a',
          counterId: 'c1',
          at: 20_000,
          card: { serviceId: 'deposit', segment: 'elderly', issuedAt: 0 },
        },
      ],
      true,
    );
    expect(picture.tickets.get('a')).toMatchObject({ state: 'waiting', serviceId: 'deposit', segment: 'elderly' });
    expect(picture.waiting).toBe(1);
  });

  test('a floor fetched late does not undo what is known since', () => {
    const picture = pictureWith(called, started);
    picture.onFloor(floor, 11);
    expect(picture.counters.get('c1')?.state).toBe('serving');
    expect(picture.tickets.get('a')?.state).toBe('serving');
  });

  test('a floor fetched later drops numbers that are gone', () => {
    const picture = pictureWith(called);
    picture.onFloor({ ...floor, tickets: [] }, 20);
    expect(picture.tickets.size).toBe(0);
    expect(picture.waiting).toBe(0);
  });

  test('who gives up in the line leaves the windows alone', () => {
    const picture = pictureWith(called, { seq: 12, type: 'ticket.cancelled', ticketId: 'b', at: 1_500 });
    expect(picture.counters.get('c1')).toMatchObject({ state: 'calling', ticketId: 'a' });
  });

  test('a service taken off the kiosk is not asked for', () => {
    expect([...pictureWith().offered]).toEqual(['deposit']);
  });
});
