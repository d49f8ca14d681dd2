import { settings as en } from './en/settings.ts';
import type { Texts } from './texts.ts';
import { settings as zh } from './zh/settings.ts';

export const settingsTexts: Texts<keyof typeof zh> = { zh, en };
