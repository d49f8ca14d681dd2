import { describe, expect, it } from 'vitest';
import { readAmounts } from './amounts.tsx';

describe('amounts typed at the counter', () => {
  it('go on in fen and shares', () => {
    expect(readAmounts('12,000.5', '120', '25')).toEqual({ amountFen: 1_200_050, notes: 120, coinShare: 0.25 });
  });

  it('may be left out', () => {
    expect(readAmounts('', ' ', '')).toEqual({});
  });

  it('are refused where they are no figures', () => {
    expect(readAmounts('many', '', '')).toBeUndefined();
    expect(readAmounts('-1', '', '')).toBeUndefined();
    expect(readAmounts('', '1.5', '')).toBeUndefined();
    expect(readAmounts('', '', '101')).toBeUndefined();
  });
});
