import { cases as en } from './en/cases.ts';
import type { Texts } from './texts.ts';
import { cases as zh } from './zh/cases.ts';

/** Complaints, incidents, emergencies: the sheets that every staff screen has, the case page, the printed case. */
export const casesTexts: Texts<keyof typeof zh> = { zh, en };
