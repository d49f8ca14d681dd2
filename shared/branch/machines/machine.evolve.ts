import type { Folds } from '../fold.ts';

export const machineFolds = {} satisfies Folds;
