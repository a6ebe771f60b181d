/** A value of a metric that a function wrote. */
export interface WrittenMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What a line of a function's log writes in CloudWatch's embedded metric format, if anything.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsIn(line: string): WrittenMetric[] {
  if (!line.includes('CloudWatchMetrics')) return [];
  const entry = JSON.parse(line);
  return entry._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }: EmbeddedDirective) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(names.map((name) => [name, String(entry[name])])),
        value: [entry[Name]].flat().reduce((sum, one) => sum + one, 0),
      })),
    ),
  );
}

interface EmbeddedDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}
