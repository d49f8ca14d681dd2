import { common as en } from './en/common.ts';
import type { Texts } from './texts.ts';
import { common as zh } from './zh/common.ts';

/** Words every screen uses: states, kinds, segments, the connection. */
export const commonTexts: Texts<keyof typeof zh> = { zh, en };
