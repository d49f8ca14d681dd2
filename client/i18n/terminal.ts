import { terminal as en } from './en/terminal.ts';
import type { Texts } from './texts.ts';
import { terminal as zh } from './zh/terminal.ts';

export const terminalTexts: Texts<keyof typeof zh> = { zh, en };
