/** Commands of the bank: what an administrator may post to `/api/bank/commands`, and what of it the rules see. */
import { z } from 'zod';
import { webhookTopics } from '../contract/webhook-events.ts';

export const staffRoles = ['teller', 'guard', 'manager', 'head', 'regional', 'headOffice', 'admin'] as const;
/** A terminal is the staff's own, shared: people sign on there with a PIN. */
export const deviceKinds = ['kiosk', 'display', 'machine', 'terminal'] as const;
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

/** A person helps out in another branch on one of its local dates (点间调配). */
const loanMake = z.object({
  type: z.literal('loan.make'),
  loanId: id,
  staffId: usernameSchema,
  fromBranchId: id,
  toBranchId: id,
  date: z.iso.date(),
});
const loanEnd = z.object({ type: z.literal('loan.end'), loanId: id });

const webhookId = z.object({ webhookId: id });
const webhookCreate = webhookId.extend({
  type: z.literal('webhook.create'),
  /** Branches or units, or all of the bank's, those to come too. */
  branches: z.union([z.literal('*'), branches.min(1)]),
  /** Event types, `case.*`, `machine.*`, or `emergency`. */
  types: z
    .array(
      z
        .string()
        .refine((topic) => webhookTopics.includes(topic), 'a type of docs/webhooks.md, case.*, machine.*, people.*, advice.* or emergency'),
    )
    .min(1)
    .max(50),
  /** Hears of silent emergencies (robbery, hostage, fraud in progress) too: for the monitoring centre alone. */
  silent: z.boolean().optional(),
});
const webhookRemove = webhookId.extend({ type: z.literal('webhook.remove') });
const webhookEnable = webhookId.extend({
  type: z.literal('webhook.enable'),
  /** What happened while it was suspended: sent now, or left out for good. */
  missed: z.enum(['send', 'skip']).default('send'),
});

/** Where a webhook goes. A user name or password in an address would end up in other people's logs. */
const webhookUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, hash } = new URL(text);
    return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
  }, 'an http or https address without user name, password and #');

export type BankCommand =
  | { type: 'bank.setUp'; username: string }
  | z.infer<typeof create>
  | z.infer<typeof update>
  | z.infer<typeof setPassword>
  | z.infer<typeof disable>
  | z.infer<typeof enable>
  | z.infer<typeof deviceCreate>
  | z.infer<typeof deviceRevoke>
  | z.infer<typeof branchCreate>
  /** Begin and end of that date in the branch that borrows, hub ms. */
  | (z.infer<typeof loanMake> & { fromAt: number; untilAt: number })
  | z.infer<typeof loanEnd>
  /** The address itself may hold a key, so the log has only whose it is. */
  | (z.infer<typeof webhookCreate> & { origin: string })
  | z.infer<typeof webhookRemove>
  | z.infer<typeof webhookEnable>
  /** The hub's own: nobody answered for days. */
  | { type: 'webhook.suspend'; webhookId: string };

/** As posted: with the password, the name, the address, which the edge takes out before the rules see the command. */
export const bankRequestSchema = z.discriminatedUnion('type', [
  create.extend({ password: passwordSchema, name: personNameSchema }),
  update.extend({ name: personNameSchema.optional() }),
  setPassword.extend({ password: passwordSchema }),
  disable,
  enable,
  deviceCreate,
  deviceRevoke,
  branchCreate,
  loanMake,
  loanEnd,
  webhookCreate.extend({ url: webhookUrl }),
  webhookRemove,
  webhookEnable,
]);

export type BankRequest = z.infer<typeof bankRequestSchema>;
