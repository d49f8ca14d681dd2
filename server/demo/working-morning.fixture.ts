/** A Wednesday on which both shifts of the demo's tellers are there: nothing depends on the hour at which a test is run. */
export const workingMorning = '2026-05-13T09:30+08:00';
