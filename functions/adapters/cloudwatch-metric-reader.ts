import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { errorName } from '#shared/errors/pipeline-error.ts';
import { MetricsUnavailable } from '#shared/errors/store-errors.ts';
import type { MetricQuery, MetricReader, TimeRange } from '#shared/ports/metric-reader.ts';
import { awsClient, awsClientOptions } from './aws-client.ts';

/** Queries that one GetMetricData takes. */
const QUERIES_PER_CALL = 500;
/** Seconds of a data point: five minutes, kept for two months, and the ends of a range fall on them. */
const PERIOD = 300;
/** Milliseconds for one call: hundreds of metrics over a day take longer than a read of one row. */
const REQUEST_TIMEOUT = 10_000;

/** @param client one with Lambda's own region and credentials by default */
export function cloudWatchMetricReader(
  client = awsClient(CloudWatchClient, {
    ...awsClientOptions,
    requestHandler: { ...awsClientOptions.requestHandler, requestTimeout: REQUEST_TIMEOUT },
  }),
): MetricReader {
  return {
    async read(queries, range, signal) {
      const values: number[] = [];
      for (let start = 0; start < queries.length; start += QUERIES_PER_CALL) {
        const some = queries.slice(start, start + QUERIES_PER_CALL);
        values.push(...(await readSome(client, some, range, signal)));
      }
      return values;
    },
  };
}

async function readSome(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  { from, to }: TimeRange,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const found = new Map<string, number>();
  let token: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: queries.map(toDataQuery),
      StartTime: from,
      EndTime: to,
      ...(token !== undefined && { NextToken: token }),
    });
    const answer = await client.send(command, { abortSignal: signal }).catch((cause: unknown) => {
      const reason = errorName(cause);
      throw new MetricsUnavailable(`GetMetricData gave no answer: ${reason}.`, { cause });
    });
    for (const { Id = '', Values = [], StatusCode } of answer.MetricDataResults ?? []) {
      // Half a number would look like a loss.
      if (StatusCode === 'InternalError' || StatusCode === 'Forbidden')
        throw new MetricsUnavailable(`GetMetricData answered ${StatusCode} for ${describe(queries, Id)}.`);
      const query = queries[indexOf(Id)];
      if (query !== undefined) found.set(Id, [found.get(Id) ?? 0, ...Values].reduce(joined(query)));
    }
    token = answer.NextToken;
  } while (token !== undefined);
  return queries.map((_, index) => found.get(idOf(index)) ?? 0);
}

function toDataQuery({ namespace, name, dimensions, statistic }: MetricQuery, index: number): MetricDataQuery {
  return {
    Id: idOf(index),
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: PERIOD,
      Stat: statistic,
    },
  };
}

function joined({ statistic }: MetricQuery) {
  return statistic === 'Sum' ? (a: number, b: number) => a + b : (a: number, b: number) => Math.max(a, b);
}

/** CloudWatch wants ids that start with a small letter. */
function idOf(index: number): string {
  return `q${index}`;
}

function indexOf(id: string): number {
  return Number(id.slice(1));
}

function describe(queries: readonly MetricQuery[], id: string): string {
  const query = queries[indexOf(id)];
  return query === undefined ? id : `${query.namespace} ${query.name}`;
}
