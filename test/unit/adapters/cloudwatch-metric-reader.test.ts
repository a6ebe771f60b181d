import {
  CloudWatchClient,
  type GetMetricDataCommandInput,
  type GetMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { cloudWatchMetricReader } from '#functions/adapters/cloudwatch-metric-reader.ts';
import { MetricsUnavailable } from '#shared/errors/store-errors.ts';
import type { MetricQuery } from '#shared/ports/metric-reader.ts';
import { clientOf } from './scripted-server.ts';

const RANGE = { from: new Date('2026-11-23T09:50:00Z'), to: new Date('2026-11-24T09:50:00Z') };
const query = (name: string, statistic: MetricQuery['statistic'] = 'Sum'): MetricQuery => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName: 'q' },
  statistic,
});

/** A client that answers each request with the next page, and shows what it was asked. */
function reading(pages: readonly (Partial<GetMetricDataCommandOutput> | Error)[]) {
  const asked: GetMetricDataCommandInput[] = [];
  const client = new CloudWatchClient(clientOf('http://127.0.0.1:1'));
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        asked.push(input as GetMetricDataCommandInput);
        const page = pages[asked.length - 1];
        if (page === undefined || page instanceof Error) throw page ?? new Error('asked too often');
        return { response: {}, output: { $metadata: {}, ...page } as GetMetricDataCommandOutput };
      },
    { step: 'initialize' },
  );
  return {
    asked,
    read: (queries: readonly MetricQuery[]) =>
      cloudWatchMetricReader(client).read(queries, RANGE, AbortSignal.timeout(500)),
  };
}

describe('reading metrics', () => {
  it('adds up sums, takes the largest of maxima, and gives 0 for a metric without data', async () => {
    const { read } = reading([
      {
        MetricDataResults: [
          { Id: 'q0', Values: [1, 2, 3] },
          { Id: 'q1', Values: [5, 9, 2] },
          { Id: 'q2', Values: [] },
        ],
      },
    ]);

    expect(await read([query('A'), query('B', 'Maximum'), query('C')])).toEqual([6, 9, 0]);
  });

  it('reads every page, a metric’s values may be spread over several', async () => {
    const { read, asked } = reading([
      { MetricDataResults: [{ Id: 'q0', Values: [1], StatusCode: 'PartialData' }], NextToken: 'more' },
      {
        MetricDataResults: [
          { Id: 'q0', Values: [2] },
          { Id: 'q1', Values: [4] },
        ],
      },
    ]);

    expect(await read([query('A'), query('B')])).toEqual([3, 4]);
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
  });

  it('asks for no more than 500 at a time, as CloudWatch takes', async () => {
    const { read, asked } = reading([
      { MetricDataResults: [{ Id: 'q499', Values: [1] }] },
      { MetricDataResults: [{ Id: 'q0', Values: [2] }] },
    ]);

    const values = await read(Array.from({ length: 501 }, (_, index) => query(`M${index}`)));

    expect(asked.map(({ MetricDataQueries }) => MetricDataQueries?.length)).toEqual([500, 1]);
    expect(values.slice(-2)).toEqual([1, 2]);
  });

  it('names namespace, metric and dimensions as they were written', async () => {
    const { read, asked } = reading([{ MetricDataResults: [] }]);

    await read([query('ApproximateAgeOfOldestMessage', 'Maximum')]);

    expect(asked[0]).toMatchObject({
      StartTime: RANGE.from,
      EndTime: RANGE.to,
      MetricDataQueries: [
        {
          MetricStat: {
            Metric: {
              Namespace: 'AWS/SQS',
              MetricName: 'ApproximateAgeOfOldestMessage',
              Dimensions: [{ Name: 'QueueName', Value: 'q' }],
            },
            Period: 300,
            Stat: 'Maximum',
          },
        },
      ],
    });
  });

  it.each([
    ['an error', new Error('AccessDenied')],
    ['a metric that could not be read', { MetricDataResults: [{ Id: 'q0', StatusCode: 'InternalError' as const }] }],
  ])('fails on %s, rather than take it for nothing', async (_, page) => {
    await expect(reading([page]).read([query('A')])).rejects.toThrow(MetricsUnavailable);
  });
});
