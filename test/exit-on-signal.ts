import { constants } from 'node:os';

/** Lets what listens for `exit` stop the programs that this one started, where a signal would end it at once. */
export function exitOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
