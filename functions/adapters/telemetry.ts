import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Telemetry } from '#shared/ports/telemetry.ts';

export interface TelemetryOptions {
  readonly stage: string;
  /** Names of configured things only, such as the domain: each distinct value is a metric that is paid for. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Telemetry whose metrics, but those counted at once, are written when the invocation ends. */
export interface FlushedTelemetry extends Telemetry {
  /** Writes what was counted since the last time, as one line of CloudWatch's embedded metric format. */
  flush(): void;
}

/**
 * Logs as JSON lines (ISO time, stage, the dimensions and the caller's fields) and metrics through CloudWatch's
 * embedded format, so that neither costs a call. Namespace and service come from Powertools' own variables.
 */
export function powertoolsTelemetry({ stage, dimensions }: TelemetryOptions): FlushedTelemetry {
  const logger = new Logger({ persistentKeys: { stage, ...dimensions } });
  const metrics = new Metrics({ defaultDimensions: { stage, ...dimensions } });
  return {
    log(level, message, fields) {
      logger[level](message, { ...fields });
    },
    count(metric, by = 1) {
      metrics.addMetric(metric, MetricUnit.Count, by);
    },
    countNow(metric) {
      metrics.singleMetric().addMetric(metric, MetricUnit.Count, 1);
    },
    duration(metric, ms) {
      metrics.addMetric(metric, MetricUnit.Milliseconds, ms);
    },
    flush() {
      // Powertools warns on each flush that has nothing to write.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
