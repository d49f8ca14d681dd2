/** What the people screen shows, as it stands in the address: a link to a person or a week is a link to that. */
export const peopleViews = ['now', 'rota', 'staff', 'me'] as const;
export type PeopleView = (typeof peopleViews)[number];

export interface PeopleSearch {
  readonly view?: PeopleView;
  readonly branch?: string;
  /** Any date of the week on the rota. */
  readonly week?: string;
  /** Whose sheet is open. */
  readonly person?: string;
}

const words = (value: unknown): string | undefined => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
};

/** Anything else in the address is left out, so that a mistyped one still opens. */
export function peopleSearch(raw: Record<string, unknown>): PeopleSearch {
  const view = peopleViews.find((one) => one === raw['view']);
  const [branch, week, person] = [words(raw['branch']), words(raw['week']), words(raw['person'])];
  return {
    ...(view === undefined ? {} : { view }),
    ...(branch === undefined ? {} : { branch }),
    ...(week !== undefined && /^\d{4}-\d\d-\d\d$/.test(week) ? { week } : {}),
    ...(person === undefined ? {} : { person }),
  };
}
