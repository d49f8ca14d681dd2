/** A bare Fastify + zod POST: nothing is kept. */
import { serveBare } from './bare.ts';

await serveBare(() => undefined);
