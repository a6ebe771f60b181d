import type { Runtime } from '#local/running-pipeline.ts';
import type { MetricQuery, MetricReader } from '#shared/ports/metric-reader.ts';
import { metricsIn, type WrittenMetric } from './metrics-in.ts';

/**
 * CloudWatch as far as the delivery check reads it, made of what the runtime knows: what the functions themselves wrote
 * in the embedded metric format, how often a rule matched, and what is in the queues. All of it is taken to be in the
 * time that is asked for.
 */
export function runtimeMetrics() {
  const written: WrittenMetric[] = [];
  let matchedBefore: Readonly<Record<string, number>> = {};
  const rules = new Set<string>();

  const value = (runtime: Runtime, { namespace, name, dimensions }: MetricQuery): number => {
    if (namespace === 'AWS/Events') {
      const rule = dimensions.RuleName ?? '';
      rules.add(rule);
      return runtime.ruleMatches(rule) - (matchedBefore[rule] ?? 0);
    }
    if (namespace === 'AWS/SQS') {
      const { visible = 0, inFlight = 0, delayed = 0 } = runtime.queueDepths()[dimensions.QueueName ?? ''] ?? {};
      if (name === 'ApproximateAgeOfOldestMessage') return 0;
      return name === 'ApproximateNumberOfMessagesVisible' ? visible : inFlight + delayed;
    }
    return written
      .filter((one) => one.namespace === namespace && one.name === name && isSame(one.dimensions, dimensions))
      .reduce((sum, one) => sum + one.value, 0);
  };

  return {
    /** Takes the lines that functions write. */
    sink: (_: string, line: string): void => void written.push(...metricsIn(line)),
    of: (runtime: Runtime): MetricReader => ({
      read: async (queries) => queries.map((query) => value(runtime, query)),
    }),
    /** Begins anew. */
    forget(runtime: Runtime): void {
      written.length = 0;
      matchedBefore = Object.fromEntries([...rules].map((rule) => [rule, runtime.ruleMatches(rule)]));
    },
  };
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
