import { ObjectsUnavailable } from '#shared/errors/store-errors.ts';
import type { ObjectStore } from '#shared/ports/object-store.ts';
import type { ObjectRow } from '#shared/projection/object-row.ts';
import type { Actor } from './actor.ts';
import { intern } from './interning.ts';
import { READ, WRITE } from './outcomes.ts';

/** The objects table of one run, each request to it a step. */
export class SteppedObjects {
  readonly rows = new Map<string, ObjectRow>();
  readonly #seen: (row: ObjectRow, before: ObjectRow | undefined) => void;

  /** @param seen runs before a row is written, with what it replaces */
  constructor(seen: (row: ObjectRow, before: ObjectRow | undefined) => void = () => undefined) {
    this.#seen = seen;
  }

  /** All that the rows say: whoever reads one sees all of it. */
  fingerprint(): string {
    return String(intern(JSON.stringify([...this.rows])));
  }

  store(actor: Actor): ObjectStore {
    const unknown = () => new ObjectsUnavailable('The simulated table did not answer.');
    return {
      read: ({ object }) =>
        actor.call({ name: 'read', outcomes: READ, unknown, send: () => () => this.rows.get(object) }),
      write: (row) => actor.call({ name: 'write', outcomes: WRITE, unknown, send: () => () => this.#write(row) }),
    };
  }

  #write(row: ObjectRow): boolean {
    const before = this.rows.get(row.object);
    if ((before?.version ?? 0) !== row.version - 1) return false;
    this.#seen(row, before);
    this.rows.set(row.object, row);
    return true;
  }
}
