/** What devices say, in both dialects, and what the hub is told of it. */
import { describe, expect, test } from 'vitest';
import { readFrame } from './envelope.ts';
import { statusOf } from './mapping.ts';
import { ServiceFacts } from './service-facts.ts';

/** One service that answered Common.Status so, and what came after. */
function service(status: object, ...later: [name: string, payload: object][]): ServiceFacts {
  const facts = new ServiceFacts();
  facts.hearStatus(status as Record<string, unknown>);
  for (const [name, payload] of later) facts.hearEvent({ kind: 'unsolicited', name, payload: payload as Record<string, unknown> });
  return facts;
}
const view = (facts: ServiceFacts | undefined, accessory = false) => ({ facts, accessory });
const told = (...all: ServiceFacts[]) => statusOf(all.map((facts) => view(facts)));
const online = { common: { device: 'online' } };
const withUnits = (storage: object): ServiceFacts => {
  const facts = service({ ...online, cashDispenser: {} });
  facts.hearStorage({ storage });
  return facts;
};

describe('an envelope', () => {
  test('the standard’s own example of a completion is read, and the one of the older dialect says the same', () => {
    const header = { name: 'Common.Status', requestId: 7, type: 'completion', version: '3.0' };
    const now = readFrame(JSON.stringify({ header: { ...header, completionCode: 'success' }, payload: online }));
    const before = readFrame(JSON.stringify({ header, payload: { completionCode: 'success', ...online } }));
    expect(now).toMatchObject({ kind: 'completion', requestId: 7, code: 'success', payload: online });
    expect(before).toMatchObject({ kind: 'completion', requestId: 7, code: 'success', payload: online });
  });

  test('a code that is missing, or two that disagree, is no success', () => {
    const header = { name: 'Common.Status', requestId: 7, type: 'completion' };
    const code = (frame: object) => {
      const message = readFrame(JSON.stringify(frame));
      return message?.kind === 'completion' ? message.code : undefined;
    };
    expect(code({ header, payload: {} })).toBe('unknown');
    expect(code({ header: { ...header, completionCode: 'success' }, payload: { completionCode: 'hardwareError' } })).toBe('hardwareError');
    expect(code({ header: { ...header, completionCode: 1 }, payload: {} })).toBe('unknown');
  });

  test('what is said unasked is known as such in each of its three forms; an event for somebody’s question is not', () => {
    const name = 'Common.StatusChangedEvent';
    const kind = (header: object) => readFrame(JSON.stringify({ header: { name, ...header }, payload: {} }))?.kind;
    expect(kind({ type: 'unsolicited' })).toBe('unsolicited');
    expect(kind({ type: 'event' })).toBe('unsolicited');
    expect(kind({ type: 'event', requestId: null })).toBe('unsolicited');
    expect(kind({ type: 'event', requestId: 4 })).toBeUndefined();
  });
});

describe('the parts of a machine', () => {
  test('the example of the standard becomes a status', () => {
    const facts = service({
      common: { device: 'online' },
      cashManagement: { dispenser: 'attention', acceptor: 'ok' },
      printer: { media: 'notPresent', paper: { upper: 'low' } },
      cardReader: { media: 'notPresent' },
    });
    expect(told(facts)).toEqual({ device: 'online', dispenser: 'attention', acceptor: 'ok', reader: 'ok', paper: 'low' });
  });

  test.each([
    ['a word nobody knows', 'sparkling'],
    ['a number', 1],
    ['a list', ['ok']],
    ['a truth', true],
  ])('%s is unknown, never good', (_what, word) => {
    const facts = service({ common: { device: word }, cashManagement: { dispenser: word }, printer: { paper: { upper: word } } });
    expect(told(facts)).toEqual({ device: 'unknown', dispenser: 'unknown', paper: 'unknown' });
  });

  test('"notSupported" and null both mean that the device has no such thing', () => {
    for (const none of ['notSupported', null]) {
      const facts = service({
        ...online,
        cashManagement: { dispenser: 'ok', acceptor: none },
        printer: { paper: { upper: 'full', lower: none } },
      });
      expect(told(facts)).toEqual({ device: 'online', dispenser: 'ok', paper: 'full' });
    }
  });

  test('the worst paper of all supplies and all printers counts', () => {
    const receipt = service({ ...online, printer: { paper: { upper: 'full', lower: 'low' } } });
    const passbook = service({ ...online, printer: { paper: { upper: 'out' } } });
    expect(told(receipt).paper).toBe('low');
    expect(told(receipt, passbook).paper).toBe('out');
    expect(told(service({ ...online, printer: { media: 'jammed', paper: { upper: 'full' } } })).paper).toBe('jammed');
  });

  test('a door tampered with is not covered by one that is bolted', () => {
    expect(told(service({ ...online, auxiliaries: { safeDoor: 'bolted', cabinetFrontDoor: 'tampered' } })).door).toBe('tampered');
    expect(told(service({ ...online, cashManagement: { safeDoor: 'doorOpen' } })).door).toBe('open');
  });

  test('a skimmer found by the anti-fraud module is potential fraud, whatever the device says of itself', () => {
    expect(told(service({ common: { device: 'online', antiFraudModule: 'deviceDetected' } })).device).toBe('potentialFraud');
  });

  test.each([
    [{ eventId: 'hardware', action: 'clear' }, 'userError'],
    [{ eventId: 'hardware', action: 'maintenance' }, 'hardwareError'],
    [{ eventId: 'fraudAttempt', action: 'suspend' }, 'fraudAttempt'],
    [{ eventId: 'user', action: 'reset' }, 'userError'],
    [{ eventId: 'software', action: 'reset' }, 'unknown'],
    [{}, 'unknown'],
  ])('an error %o makes the device %s until it says more', (payload, device) => {
    const facts = service(online, ['Common.ErrorEvent', payload]);
    expect(told(facts).device).toBe(device);
    facts.hearStatus(online);
    expect(told(facts).device).toBe('online');
  });

  test('a kept card stays until its bin is counted empty', () => {
    const facts = service({ ...online, cardReader: { media: 'notPresent' } }, [
      'CardReader.CardActionEvent',
      { to: 'unitBin', from: 'transport' },
    ]);
    expect(told(facts).reader).toBe('cardRetained');
    facts.hearStorage({ storage: { unitBin: { card: { status: { retainCount: 1 } } } } });
    expect(told(facts).reader).toBe('cardRetained');
    facts.hearStorage({ storage: { unitBin: { card: { status: { retainCount: 0 } } } } });
    expect(told(facts).reader).toBe('ok');
  });

  test('a change says only what changed: the rest stays', () => {
    const facts = service({ ...online, printer: { paper: { upper: 'full', lower: 'low' } } }, [
      'Common.StatusChangedEvent',
      { printer: { paper: { upper: 'jammed' } } },
    ]);
    expect(told(facts).paper).toBe('jammed');
    facts.hearEvent({ kind: 'unsolicited', name: 'Printer.PaperThresholdEvent', payload: { paperSource: 'upper', threshold: 'full' } });
    expect(told(facts).paper).toBe('low');
  });
});

describe('cash', () => {
  const cash = (status: object) => ({ status: 'ok', cash: { status } });

  test('the notes in a unit are the initial ones, those that came and less those that went', () => {
    const facts = withUnits({
      unit1: cash({
        initial: { unrecognized: 2, type20EUR1: { fit: 998 } },
        in: { retractOperations: 50, deposited: { type20EUR1: { fit: 30, unfit: 5 } }, retracted: { unrecognized: 1 } },
        out: { presented: { type20EUR1: { fit: 200 } }, rejected: { type20EUR1: { unfit: 6 } } },
        replenishmentStatus: 'ok',
      }),
    });
    expect(told(facts).units).toEqual([{ id: 'unit1', status: 'ok', replenishment: 'ok', count: 1_000 + 36 - 206 }]);
  });

  test('without the initial count, or with one that is none, no number is made up', () => {
    expect(told(withUnits({ unit1: cash({ out: { presented: { unrecognized: 3 } } }) })).units).toEqual([{ id: 'unit1', status: 'ok' }]);
    expect(told(withUnits({ unit1: cash({ initial: { unrecognized: -3 } }) })).units).toEqual([{ id: 'unit1', status: 'ok' }]);
    const drained = { initial: { unrecognized: 3 }, out: { presented: { unrecognized: 8 } } };
    expect(told(withUnits({ unit1: cash(drained) })).units?.[0]?.count).toBeUndefined();
  });

  test('a threshold of one unit leaves the others and its own count as they were', () => {
    const facts = withUnits({
      unit1: cash({ initial: { unrecognized: 100 }, replenishmentStatus: 'ok' }),
      unit2: cash({ replenishmentStatus: 'ok' }),
    });
    const payload = { unit1: { status: 'ok', cash: { status: { replenishmentStatus: 'low' } } } };
    facts.hearEvent({ kind: 'unsolicited', name: 'Storage.StorageThresholdEvent', payload });
    expect(told(facts).units).toEqual([
      { id: 'unit1', status: 'ok', replenishment: 'low', count: 100 },
      { id: 'unit2', status: 'ok', replenishment: 'ok' },
    ]);
  });

  test('a bin for cards is no unit of cash', () => {
    expect(told(withUnits({ unitBin: { status: 'ok', card: { status: { retainCount: 2 } } } })).units).toBeUndefined();
  });
});

describe('several services of one machine', () => {
  test('one that cannot be asked makes the machine unknown and what it told unknown', () => {
    const dispenser = service({ ...online, cashManagement: { dispenser: 'ok' } });
    const printer = service({ ...online, printer: { paper: { upper: 'full' } } });
    const before = told(dispenser, printer);
    expect(before).toEqual({ device: 'online', dispenser: 'ok', paper: 'full' });
    expect(statusOf([view(undefined), view(printer)], before)).toEqual({ device: 'unknown', dispenser: 'unknown', paper: 'full' });
  });

  test('units that are told no more are unknown, without a number', () => {
    const before = told(
      withUnits({ unit1: { status: 'ok', cash: { status: { initial: { unrecognized: 5 }, replenishmentStatus: 'ok' } } } }),
    );
    expect(statusOf([view(undefined)], before).units).toEqual([{ id: 'unit1', status: 'unknown', replenishment: 'unknown' }]);
  });

  test('a camera that fails takes no machine out of service, but fraud that it sees does', () => {
    const reader = service({ ...online, cardReader: { media: 'notPresent' } });
    expect(told(reader, service({ common: { device: 'hardwareError' }, camera: {} })).device).toBe('online');
    expect(statusOf([view(reader), view(undefined, true)]).device).toBe('online');
    expect(told(reader, service({ common: { device: 'fraudAttempt' }, camera: {} })).device).toBe('fraudAttempt');
  });
});
