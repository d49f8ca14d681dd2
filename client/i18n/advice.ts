import { advice as en } from './en/advice.ts';
import type { Texts } from './texts.ts';
import { advice as zh } from './zh/advice.ts';

/** Advice in a sentence: on the board, on the counter's screen and in the history. */
export const adviceTexts: Texts<keyof typeof zh> = { zh, en };
