import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type CountMetric, type DurationMetric, METRICS, metricsOf } from '#shared/telemetry/metric-names.ts';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('{functions,shared}/**/*.ts', { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);

/** Errors that no event fails with: they say where a message is, or end the delivery check, whose own `Errors` alarm. */
const NO_FAILURE = [
  'in_progress_elsewhere',
  'out_of_time',
  'skipped_by_reaction',
  'metrics_unavailable',
  'replays_unavailable',
];

describe('the metrics', () => {
  it('say in their names which of them last some time, and in which unit', () => {
    expectTypeOf<Extract<DurationMetric, `${string}Ms`>>().toEqualTypeOf<DurationMetric>();
    expectTypeOf<Extract<CountMetric, `${string}Ms`>>().toBeNever();
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

  it('have words for names, a code behind its outcome, each once', () => {
    expect(METRICS.filter((name) => !/^(?:[A-Z][a-z]+)+(?:_[a-z_]+)?$/.test(name))).toEqual([]);
    expect(new Set(METRICS).size).toBe(METRICS.length);
  });
});
