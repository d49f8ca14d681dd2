/** What the hub answered, as HTTP tells it. */
import type { Refusal } from '../../shared/aggregate.ts';
import type { OutcomeRefused } from '../hub/hub.types.ts';
import { Problem } from './problem.ts';

const at = (path: string | undefined, message: string) => (path === undefined ? undefined : [{ path, message }]);

export const refusedBy = ({ status, code, message, params, path }: OutcomeRefused): Problem =>
  new Problem({ status, code, detail: message, params, errors: at(path, message), ...(status === 503 ? { retryAfterS: 1 } : {}) });

export const notAllowed = ({ code, message, params, path }: Refusal): Problem =>
  new Problem({ status: 403, code, detail: message, params, errors: at(path, message) });
