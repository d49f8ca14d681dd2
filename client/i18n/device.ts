import { device as en } from './en/device.ts';
import type { Texts } from './texts.ts';
import { device as zh } from './zh/device.ts';

export const deviceTexts: Texts<keyof typeof zh> = { zh, en };
