import { phone as en } from './en/phone.ts';
import type { Texts } from './texts.ts';
import { phone as zh } from './zh/phone.ts';

export const phoneTexts: Texts<keyof typeof zh> = { zh, en };
