/** A read model: tables folded from events, in the transaction that writes them. */
import type { BranchEventOf, StoredBranchEvent } from '../../../shared/branch/branch.events.ts';
import type { Envelope } from '../../../shared/aggregate.ts';
import type { BranchEvent } from '../../../shared/branch/branch.events.ts';
import type { Database } from '../store.types.ts';

/** What one kind of event does to the tables. Must never fail on an event of the log: replace, don't insist. */
export type Writers = { readonly [T in BranchEvent['type']]?: (event: Envelope & BranchEventOf<T>) => void };

export interface Projection {
  /** Emptied before a rebuild. */
  readonly tables: readonly string[];
  prepare(db: Database): Writers;
}

export interface Projector {
  project(event: StoredBranchEvent): void;
  clear(): void;
}

export function createProjector(db: Database, projections: readonly Projection[]): Projector {
  const writers = projections.map((projection) => projection.prepare(db));
  const byType = new Map<string, ((event: StoredBranchEvent) => void)[]>();
  for (const one of writers) {
    for (const [type, write] of Object.entries(one)) {
      // Each writer is filed under its own event's type; TypeScript cannot follow that through the map.
      byType.set(type, [...(byType.get(type) ?? []), write as (event: StoredBranchEvent) => void]);
    }
  }
  const clears = projections.flatMap(({ tables }) => tables.map((table) => db.prepare(`DELETE FROM ${table}`)));
  return {
    project: (event) => {
      for (const write of byType.get(event.type) ?? []) write(event);
    },
    clear: () => {
      for (const clear of clears) clear.run();
    },
  };
}
