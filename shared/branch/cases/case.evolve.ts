import type { Folds } from '../fold.ts';

export const caseFolds = {} satisfies Folds;
