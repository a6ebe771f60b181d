declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** dynalite 4.0.0; without `path` the tables are in memory. Times are milliseconds. */
  export default function dynalite(options?: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    readonly path?: string;
  }): Server;
}
