import { machines as en } from './en/machines.ts';
import type { Texts } from './texts.ts';
import { machines as zh } from './zh/machines.ts';

export const machineTexts: Texts<keyof typeof zh> = { zh, en };
