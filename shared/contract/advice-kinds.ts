/** What may be advised. Apart from its schemas: a page that only lists the kinds loads no parser. */
export const adviceKinds = ['openWindow', 'closeWindow', 'divertToMachine', 'sendSubstitute', 'giveBreak'] as const;

export type AdviceKind = (typeof adviceKinds)[number];
