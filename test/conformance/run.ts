import { parseArgs } from 'node:util';
import { cfnLint } from './cfn-lint/suite.ts';
import { dynamoDbLocal } from './dynamodb-local/suite.ts';
import { eventRuler } from './event-ruler/suite.ts';
import { iamSimulate } from './iam-simulate/suite.ts';
import { ministack } from './ministack/suite.ts';
import { moto } from './moto/suite.ts';
import { stripeMock } from './stripe-mock/suite.ts';
import type { Suite } from './suite.ts';

/** Enough for every operator with every way to miss it. */
const IAM_CASES = 20_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    pairs: { type: 'string', default: '24000' },
    seed: { type: 'string', default: '20261123' },
  },
});
const all: readonly Suite[] = [
  eventRuler({ pairs: Number(values.pairs), seed: Number(values.seed) }),
  dynamoDbLocal,
  moto,
  iamSimulate({ cases: IAM_CASES, seed: Number(values.seed) }),
  stripeMock,
  cfnLint,
  ministack,
];
const chosen = all.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  print(`There is no suite "${values.only}". Suites: ${all.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const counts = { agreed: 0, disagreed: 0, skipped: 0 };
for (const suite of chosen) {
  print(`\n${suite.name}: ${suite.judge}`);
  const { outcome, summary } = await suite.run();
  counts[outcome] += 1;
  print(`  ${outcome}: ${summary}`);
}
print(
  `\nConformance: ${counts.agreed} suites agreed, ${counts.disagreed} disagreed, ${counts.skipped} skipped of ${chosen.length}.`,
);
// In CI a skipped comparison is a failed one: nobody reads the line.
if (counts.disagreed > 0 || (counts.skipped > 0 && process.env.CI === 'true')) process.exitCode = 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
