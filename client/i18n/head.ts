import { head as en } from './en/head.ts';
import type { Texts } from './texts.ts';
import { head as zh } from './zh/head.ts';

export const headTexts: Texts<keyof typeof zh> = { zh, en };
