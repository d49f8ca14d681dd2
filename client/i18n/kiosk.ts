import { kiosk as en } from './en/kiosk.ts';
import type { Texts } from './texts.ts';
import { kiosk as zh } from './zh/kiosk.ts';

export const kioskTexts: Texts<keyof typeof zh> = { zh, en };
