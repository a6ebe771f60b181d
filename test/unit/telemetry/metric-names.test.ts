import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRICS, metricsOf } from '#shared/telemetry/metric-names.ts';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('{functions,shared}/**/*.ts', { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);

/** Errors that no event fails with: they say where a message is, or end the delivery check, whose own `Errors` alarm. */
const NO_FAILURE = ['in_progress_elsewhere', 'out_of_time', 'skipped_by_reaction', 'metrics_unavailable'];

describe('the metrics', () => {
  it('that are counted as they are, or last some time, are these', () => {
    expect(METRICS.filter((name) => !name.includes('_')).toSorted()).toEqual([
      'Accepted',
      'Ambiguous',
      'AnsweredAfterMs',
      'Approved',
      'BusRefused',
      'CannotDecide',
      'Coalesced',
      'CompleteUnknown',
      'CopyMissed',
      'CreatedToAcceptedMs',
      'CreatedToHandledMs',
      'CreatedToResolvedMs',
      'Declined',
      'DeliveriesPending',
      'DestinationsChanged',
      'DestinationsOff',
      'Duplicate',
      'Failed',
      'FellBack',
      'Handled',
      'Ignored',
      'InFlight',
      'InProgress',
      'NewType',
      'NotFoundBreakerOpen',
      'ObjectMissing',
      'OutOfTime',
      'Parked',
      'Projected',
      'PublishRepeated',
      'PublishRetried',
      'PublishUnknown',
      'Reacted',
      'ReactionDuplicate',
      'Refused',
      'ResolveDuplicate',
      'Resolved',
      'RetentionUsedPercent',
      'Skipped',
      'StripeRefusals',
      'StripeRequests',
      'StripeWaitMs',
      'TwinSkipped',
      'Unavailable',
      'Undelivered',
      'Unprojectable',
    ]);
  });

  it('with a code name each error of ours, and nothing else', () => {
    const codes = sources.flatMap((source) =>
      Array.from(source.matchAll(/ code(?:: string)? = '([a-z_]+)'|errorCode.*'([a-z_]+)';/g), ([, a, b]) => a ?? b),
    );
    const own = [...new Set([...codes, 'unexpected_error'])].filter((code) => code && !NO_FAILURE.includes(code));

    const named = METRICS.filter((name) => name.startsWith('Failed_')).map((name) => name.slice('Failed_'.length));

    expect(named.toSorted()).toEqual(own.toSorted());
  });

  it('are each counted somewhere', () => {
    const all = sources.join('\n');
    const plain = METRICS.filter((name) => !name.includes('_'));

    expect(plain.filter((name) => all.split(`'${name}'`).length < 3)).toEqual([]);
  });

  it('of a code that is not ours are the outcome alone', () => {
    expect(metricsOf('Failed', 'crm_says_no')).toEqual(['Failed']);
    expect(metricsOf('Failed', 'objects_unavailable')).toEqual(['Failed', 'Failed_objects_unavailable']);
  });

  it('have names that CloudWatch takes, each once', () => {
    expect(METRICS.filter((name) => !/^[A-Za-z_]{1,255}$/.test(name))).toEqual([]);
    expect(new Set(METRICS).size).toBe(METRICS.length);
  });
});
