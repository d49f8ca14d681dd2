/** The levels a case goes up by, lowest first: level n is role n of this list, counted from 1. */
export const ladder = ['teller', 'manager', 'head', 'regional', 'headOffice'] as const;
export type LadderRole = (typeof ladder)[number];
