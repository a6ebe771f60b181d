import { oneOf, parseOptions, wholeNumber } from '#local/terminal/parse-options.ts';
import { UsageError } from '#local/terminal/usage-error.ts';

/** What can be measured by itself, in the order in which it is. */
export const PARTS = ['sizes', 'signature', 'ingress', 'cold-start', 'pipeline'] as const;
export type Part = (typeof PARTS)[number];

/** What `npm run bench` was asked for. */
export interface BenchArguments {
  readonly parts: readonly Part[];
  /** Sizes of the ledger, each larger than the one before. */
  readonly known: readonly number[];
  /** Writes docs/benchmarks.md and its plot. */
  readonly write: boolean;
  readonly help: boolean;
}

const DEFAULT_KNOWN = [1_000, 10_000, 100_000] as const;
/** With more the table in memory grows too large. */
const MOST_KNOWN = 1_000_000;

export const BENCH_USAGE = `Usage: npm run bench -- [options]
       npm run bench -- --write

Measures speed, size and memory, each figure with its floor beside it. Exits with 1 when one is beyond its bound.

  --only <parts>   some of ${PARTS.join(', ')}, parted by commas (default: all)
  --known <sizes>  events in the ledger before the pipeline is measured, growing, parted by commas, each 1 to ${MOST_KNOWN}
                   (default ${DEFAULT_KNOWN.join(',')}); with one size nothing is said of how time grows with it
  --write          write docs/benchmarks.md and its plot; alone, for they have every figure
  --help           show this`;

/** @throws {UsageError} */
export function benchArguments(args: readonly string[]): BenchArguments {
  const values = parseOptions(args, {
    only: { type: 'string' },
    known: { type: 'string' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  const { write = false, help = false } = values;
  const wanted = values.only?.split(',').flatMap((name) => oneOf('--only', name.trim(), PARTS) ?? []);
  const parts = PARTS.filter((part) => wanted === undefined || wanted.includes(part));
  if (write && (values.only !== undefined || values.known !== undefined))
    throw new UsageError('--write writes the page of every figure; neither --only nor --known was expected.');
  if (values.known !== undefined && !parts.includes('pipeline'))
    throw new UsageError('--known is of the pipeline, which --only leaves out; "pipeline" was expected there.');
  return { parts, known: sizesIn(values.known) ?? DEFAULT_KNOWN, write, help };
}

function sizesIn(text: string | undefined): readonly number[] | undefined {
  const sizes = text?.split(',').flatMap((size) => wholeNumber('--known', size.trim(), 1, MOST_KNOWN) ?? []);
  if (sizes?.every((size, i) => size > (sizes[i - 1] ?? 0)) === false)
    throw new UsageError(`--known is "${text}"; sizes of which each is larger than the one before were expected.`);
  return sizes;
}
