/** Commands of the bank: what an administrator may post to `/api/bank/commands`, and what of it the rules see. */
import { z } from 'zod';

export const staffRoles = ['teller', 'manager', 'head', 'regional', 'headOffice', 'admin'] as const;
export const deviceKinds = ['kiosk', 'display', 'machine'] as const;
export type StaffRole = (typeof staffRoles)[number];
export type DeviceKind = (typeof deviceKinds)[number];

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, at most 64');
const label = z.string().trim().min(1).max(80);
const role = z.enum(staffRoles);
/** Branches or units of the tree (a unit stands for all below it). */
const branches = z.array(id).max(1000);

export const usernameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'small letters, digits, . - and _, at most 32');
export const passwordSchema = z.string().min(10, 'at least 10 characters').max(200);
export const personNameSchema = z.string().trim().min(1).max(80);

/** What the rules see: neither a secret nor a person's name. */
const create = z.object({ type: z.literal('account.create'), username: usernameSchema, role, branches });
const update = z.object({
  type: z.literal('account.update'),
  username: usernameSchema,
  role: role.optional(),
  branches: branches.optional(),
});
const setPassword = z.object({ type: z.literal('account.setPassword'), username: usernameSchema });
const disable = z.object({ type: z.literal('account.disable'), username: usernameSchema });
const enable = z.object({ type: z.literal('account.enable'), username: usernameSchema });
const deviceCreate = z.object({ type: z.literal('device.create'), deviceId: id, kind: z.enum(deviceKinds), branchId: id });
const deviceRevoke = z.object({ type: z.literal('device.revoke'), deviceId: id });
const branchCreate = z.object({
  type: z.literal('branch.create'),
  branchId: id.refine((value) => value !== 'bank', 'bank is the bank itself'),
  /** The unit it belongs to; absent = directly under the head office. */
  parentId: id.optional(),
  /** A unit (分行, 支行) only groups; a branch (网点) has a floor. */
  kind: z.enum(['unit', 'branch']).default('branch'),
  name: z.object({ zh: label, en: label }),
});

export type BankCommand =
  | { type: 'bank.setUp'; username: string }
  | z.infer<typeof create>
  | z.infer<typeof update>
  | z.infer<typeof setPassword>
  | z.infer<typeof disable>
  | z.infer<typeof enable>
  | z.infer<typeof deviceCreate>
  | z.infer<typeof deviceRevoke>
  | z.infer<typeof branchCreate>;

/** As posted: with the password and the name, which the edge takes out before the rules see the command. */
export const bankRequestSchema = z.discriminatedUnion('type', [
  create.extend({ password: passwordSchema, name: personNameSchema }),
  update.extend({ name: personNameSchema.optional() }),
  setPassword.extend({ password: passwordSchema }),
  disable,
  enable,
  deviceCreate,
  deviceRevoke,
  branchCreate,
]);

export type BankRequest = z.infer<typeof bankRequestSchema>;
