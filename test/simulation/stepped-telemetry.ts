import type { Telemetry } from '#shared/ports/telemetry.ts';
import type { Actor } from './actor.ts';

/** Metrics that CloudWatch has. */
export type Metrics = Map<string, number>;

export interface SteppedTelemetry extends Telemetry {
  /**
   * The end of an invocation: writes what was counted, then answers. A crash before loses both, a crash after it the
   * answer only.
   */
  answer(): Promise<void>;
}

export function steppedTelemetry(actor: Actor, written: Metrics): SteppedTelemetry {
  const counted: [metric: string, by: number][] = [];
  const add = (metric: string, by: number) => void written.set(metric, (written.get(metric) ?? 0) + by);
  return {
    log: () => undefined,
    duration: () => undefined,
    count: (metric, by = 1) => void counted.push([metric, by]),
    countNow: (metric) => add(metric, 1),
    answer: () =>
      actor.call({
        name: 'answer',
        outcomes: ['ok', 'crash', 'crash-after'],
        send: () => () => {
          for (const [metric, by] of counted.splice(0)) add(metric, by);
        },
      }),
  };
}
