/** Before the first end-to-end test: what the browser will load is what the sources say. */
import { buildMissing } from './build-missing.ts';

export default function setup(): void {
  buildMissing();
}
