import { people as en } from './en/people.ts';
import type { Texts } from './texts.ts';
import { people as zh } from './zh/people.ts';

/** Who is here, the rota, the staff and one's own day; the sheets about people that the board opens, too. */
export const peopleTexts: Texts<keyof typeof zh> = { zh, en };
