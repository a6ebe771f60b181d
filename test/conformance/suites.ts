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

/** Every suite, in the order in which they begin: the longest first, and beside them the others. */
export function suitesFor({ pairs, seed }: { readonly pairs: number; readonly seed: number }): readonly Suite[] {
  return [
    moto,
    eventRuler({ pairs, seed }),
    dynamoDbLocal,
    iamSimulate({ cases: IAM_CASES, seed }),
    stripeMock,
    ministack,
    cfnLint,
  ];
}
