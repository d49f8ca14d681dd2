/** What can happen to advice. Part of `BranchEvent`. */
import type { Advice, Measured } from './advice.state.ts';

/** Carried by all but `given`: whom it concerns, so that nobody needs the advice itself to know who may see it. */
interface OfAdvice {
  readonly adviceId: string;
  readonly counterId?: string;
  readonly staffId?: string;
}

type E<T extends string, P> = { readonly type: T } & Readonly<P>;

export type AdviceEvent =
  | E<'advice.given', { adviceId: string; advice: Advice }>
  /** `card`: the advice as it now stands, changed or not: whom it names learns of it here. `byItself`: the hub acted. */
  | E<'advice.accepted', OfAdvice & { card: Advice; byItself?: boolean }>
  | E<'advice.begun', OfAdvice>
  | E<'advice.carriedOut', OfAdvice & { before: Measured; measureAt: number; late?: boolean; ticketIds?: readonly string[] }>
  | E<'advice.notInTime', OfAdvice & { dueAt: number; why?: string }>
  | E<'advice.measured', OfAdvice & { before: Measured; after: Measured }>
  | E<'advice.declined', OfAdvice & { quietKey: string; wait90Ms: number; reasonRef: string }>
  /** `why`: a code of the catalogue. `quietKey`: the outlook had changed, and it stays away for a while. */
  | E<'advice.withdrawn', OfAdvice & { why: string; quietKey?: string; wait90Ms?: number }>
  | E<'advice.expired', OfAdvice & { dueAt: number }>;
