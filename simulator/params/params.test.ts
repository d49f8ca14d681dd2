import { describe, expect, test } from 'vitest';
import { dayTypes } from '../../shared/contract/day-types.ts';
import { defaultServices } from '../../shared/contract/default-config.ts';
import { loadParams, parseParams } from './params.ts';

describe('parameters of a day', () => {
  test.each(dayTypes)('the %s day has parameters that fit', (dayType) => {
    const params = loadParams(dayType);
    expect(params.dayType).toBe(dayType);
    const known = defaultServices.map(({ id }) => id);
    for (const { serviceId } of params.services) expect(known).toContain(serviceId);
    const shares = Object.values(params.segments).reduce((sum, share) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 6);
  });

  test('a file may say only what differs from another', () => {
    const ordinary = loadParams('ordinary');
    const own = { extends: 'ordinary', dayType: 'payday', noShow: { share: 0.5 } };
    const params = parseParams(own, () => ordinary);
    expect(params.noShow).toEqual({ ...ordinary.noShow, share: 0.5 });
    expect(params.services).toEqual(ordinary.services);
  });

  test('a wrong value is refused with its place', () => {
    const own = { extends: 'ordinary', dayType: 'payday', patience: { share: 1.5 } };
    expect(() => parseParams(own, () => loadParams('ordinary'))).toThrow(/patience[\s\S]*share|share[\s\S]*patience/);
  });

  test('a word nobody knows is refused', () => {
    expect(() => parseParams({ extends: 'ordinary', pateince: {} }, () => loadParams('ordinary'))).toThrow(/pateince/);
  });

  test('a pension day brings mostly people over sixty', () => {
    const { elderly = 0, over80 = 0 } = loadParams('pension').segments;
    expect(elderly + over80).toBeGreaterThan(0.5);
  });
});
