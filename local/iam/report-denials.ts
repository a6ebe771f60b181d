import type { LogSink } from '../lambda/function-worker.ts';
import type { Observations } from '../observe/observations.ts';

/** Writes each denial into the log once, as an error: a poller that is denied tries again ten times a second. */
export function reportDenials(observations: Observations, log: LogSink): void {
  const reported = new Set<string>();
  observations.on('denied', (denial) => {
    const line = JSON.stringify({ level: 'ERROR', message: 'access denied', ...denial });
    if (reported.has(line)) return;
    reported.add(line);
    log('permissions', line);
  });
}
