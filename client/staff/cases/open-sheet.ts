/** Which sheet about cases is open on this page: any screen, key or banner may open one, the shell draws it. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type CaseSheet =
  | {
      readonly kind: 'log';
      readonly branchId: string;
      /** The number being served, filled in. */
      readonly ticketId?: string;
    }
  | { readonly kind: 'emergency'; readonly branchId: string }
  | { readonly kind: 'steps'; readonly branchId: string; readonly caseId: string }
  | { readonly kind: 'shift'; readonly branchId: string };

const store = createStore<{ readonly sheet: CaseSheet | undefined }>(() => ({ sheet: undefined }));

export const openCaseSheet = (sheet: CaseSheet): void => store.setState({ sheet });
export const closeCaseSheet = (): void => store.setState({ sheet: undefined });
/** A sheet is open, or on its way: keys typed now are meant for it, not for the screen behind. */
export const caseSheetOpen = (): boolean => store.getState().sheet !== undefined;
export const useCaseSheet = (): CaseSheet | undefined => useStore(store, (state) => state.sheet);
