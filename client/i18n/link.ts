import { link as en } from './en/link.ts';
import type { Texts } from './texts.ts';
import { link as zh } from './zh/link.ts';

/** How the line to the hub is: apart from the staff's other words, for pages that show little else of them. */
export const linkTexts: Texts<keyof typeof zh> = { zh, en };
