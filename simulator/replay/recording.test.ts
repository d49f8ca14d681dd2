import { describe, expect, test } from 'vitest';
import { planReplay } from './plan.ts';
import { parseRecordedDay } from './recording.ts';
import { staffing, windowsAt } from './staffing.ts';

// Made up for this test: no real call is in it.
const file = `date,type,priority,vru_entry_s,vru_exit_s,queue_join_s,queue_exit_s,queue_wait_s,outcome,service_start_s,service_end_s,service_s,agent
2001-05-01,PS,0,90,100,,,0,AGENT,100,160,60,A01
2001-05-01,NW,2,190,200,205,225,20,AGENT,225,9225,9000,A02
2001-05-01,PS,1,230,240,240,300,60,HANG,,,,
2001-05-01,XX,0,250,260,,,0,PHANTOM,,,,
2001-05-01,IN,0,50,55,,,0,HANG,,,,
2001-05-02,PS,0,90,100,,,0,AGENT,100,160,60,A01
`;
const read = (text: string, date = '2001-05-01') => parseRecordedDay(text.split('\n'), date);
const header = file.split('\n')[0] ?? '';

describe('a recorded day', () => {
  test('its calls come in the order they arrived, phantoms and other days left out', async () => {
    const day = await read(file);
    expect(day.phantoms).toBe(1);
    expect(day.calls.map(({ line, arrivalS, outcome }) => [line, arrivalS, outcome])).toEqual([
      [6, 55, 'HANG'],
      [2, 100, 'AGENT'],
      [3, 205, 'AGENT'],
      [4, 240, 'HANG'],
    ]);
  });

  test('who never queued arrives when the voice menu let go; an absurd service is an hour', async () => {
    const [, first, second] = (await read(file)).calls;
    expect(first?.arrivalS).toBe(100);
    expect(second?.serviceS).toBe(3_600);
    expect(second?.vip).toBe(true);
  });

  test('a day that is not in the file is an error that names those that are', async () => {
    await expect(read(file, '2001-06-01')).rejects.toThrow('no call of 2001-06-01 in the file; it has 2001-05-01, 2001-05-02');
  });

  test('a damaged row is an error that names its line and column', async () => {
    await expect(read(`${header}\n2001-05-01,PS,0,1,soon,,,0,HANG,,,,`)).rejects.toThrow('line 2: vru_exit_s is soon, not seconds');
    await expect(read(`${header}\n2001-05-01,PS,0,1,2,,,0,LOST,,,,`)).rejects.toThrow('line 2: outcome is LOST');
    await expect(read(`${header}\n2001-05-01,PS,0,1,2,,,0,AGENT,3,,,A01`)).rejects.toThrow('line 2: a served call without service_s');
    await expect(read('date,type\n')).rejects.toThrow('line 1: the column priority is missing');
  });
});

describe('the replay’s plan', () => {
  test('every call becomes one customer who leaves when the caller did', async () => {
    const day = await read(file);
    const plan = planReplay(day, 1_000_000, 1);
    expect(plan.map(({ key, at }) => [key, at])).toEqual([
      ['6', 1_055_000],
      ['2', 1_100_000],
      ['3', 1_205_000],
      ['4', 1_240_000],
    ]);
    expect(plan.map(({ visit }) => visit.patienceMs)).toEqual([0, undefined, undefined, 60_000]);
    expect(plan.map(({ visit }) => visit.segment)).toEqual(['ordinary', 'ordinary', 'vip', 'ordinary']);
    expect(plan[1]?.visit.transactions).toEqual([{ serviceId: 'regular', ms: 60_000 }]);
  });

  test('who left in the file but is called here stays as long as somebody served that day', async () => {
    const plan = planReplay(await read(file), 0, 1);
    expect(plan[3]?.visit.transactions[0]?.ms).toBe(60_000);
  });
});

describe('staffing from who served lately', () => {
  test('an agent counts from the first service until a while after the last', async () => {
    const shifts = staffing((await read(file)).calls, 600);
    expect([99, 100, 200, 225, 759, 760, 4_424, 4_425].map((at) => windowsAt(shifts, at))).toEqual([0, 1, 1, 2, 2, 1, 1, 0]);
  });

  test('a service of an agent nobody wrote down counts while it lasts', async () => {
    const rows = [header, '2001-05-01,PS,0,1,100,,,0,AGENT,100,160,60,', '2001-05-01,PS,0,1,110,,,0,AGENT,110,130,20,A07'];
    const shifts = staffing((await read(rows.join('\n'))).calls, 0);
    expect([100, 110, 130, 159, 160].map((at) => windowsAt(shifts, at))).toEqual([1, 2, 1, 1, 0]);
  });
});
