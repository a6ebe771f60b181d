import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TABLE_TESTS } from '../../conformance/dynamodb-local/suite.ts';

it("every test of our tables is asked of AWS's DynamoDB Local too", () => {
  const unit = join(import.meta.dirname, '..');
  const onTables = globSync('**/*.test.ts', { cwd: unit }).filter((file) =>
    /import .*\blocalTable\b/.test(readFileSync(join(unit, file), 'utf8')),
  );

  expect(TABLE_TESTS.map((name) => `${name}.test.ts`).toSorted()).toEqual(onTables.toSorted());
});
