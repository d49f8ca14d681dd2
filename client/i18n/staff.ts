import { staff as en } from './en/staff.ts';
import type { Texts } from './texts.ts';
import { staff as zh } from './zh/staff.ts';

/** Sign-in, first run, menu, ledger: what several staff screens share. */
export const staffTexts: Texts<keyof typeof zh> = { zh, en };
