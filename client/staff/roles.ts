import type { Role } from '../../shared/aggregate.ts';

export type StaffRole = 'teller' | 'guard' | 'manager' | 'head' | 'regional' | 'headOffice' | 'admin';
const staffRoles: readonly StaffRole[] = ['teller', 'guard', 'manager', 'head', 'regional', 'headOffice', 'admin'];

/** Accounts of people only ever have a staff role; anything else would be a device's. */
export const staffRole = (role: Role): StaffRole => staffRoles.find((one) => one === role) ?? 'teller';
