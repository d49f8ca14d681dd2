import { floor as en } from './en/floor.ts';
import type { Texts } from './texts.ts';
import { floor as zh } from './zh/floor.ts';

export const floorTexts: Texts<keyof typeof zh> = { zh, en };
