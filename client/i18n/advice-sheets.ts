import { adviceSheets as en } from './en/advice-sheets.ts';
import type { Texts } from './texts.ts';
import { adviceSheets as zh } from './zh/advice-sheets.ts';

/** What opens behind advice and forecasts: details, what-if, the rule and its tuning, the record, the history. */
export const adviceSheetTexts: Texts<keyof typeof zh> = { zh, en };
