import { display as en } from './en/display.ts';
import type { Texts } from './texts.ts';
import { display as zh } from './zh/display.ts';

export const displayTexts: Texts<keyof typeof zh> = { zh, en };
