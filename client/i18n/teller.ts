import { teller as en } from './en/teller.ts';
import type { Texts } from './texts.ts';
import { teller as zh } from './zh/teller.ts';

export const tellerTexts: Texts<keyof typeof zh> = { zh, en };
