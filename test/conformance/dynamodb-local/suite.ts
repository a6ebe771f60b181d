import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fetchWithMaven } from '../fetch-with-maven.ts';
import { runTests } from '../run-tests.ts';
import type { Suite } from '../suite.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Our tables' tests, which `npm test` runs on dynalite. */
const TESTS = [
  'ledger/dynamodb-ledger',
  'adapters/dynamodb-object-store',
  'adapters/projection-on-table',
  'adapters/dynamodb-failure-log',
  'adapters/dynamodb-operator-lock',
  'adapters/dynamodb-published-events',
  'adapters/dynamodb-reconcile-progress',
  'consumer/idempotent',
];

export const dynamoDbLocal: Suite = {
  name: 'dynamodb-local',
  judge:
    "AWS's DynamoDB Local 3.1.0, on the ledger, the objects table with its projections, the failures index and the locks",
  async run() {
    const { folder, missing } = fetchWithMaven(join(here, 'pom.xml'), 'DynamoDBLocal-3.1.0.jar');
    if (missing !== undefined) return { outcome: 'skipped', summary: missing };
    const java = spawn(
      'java',
      ['-cp', join(folder, '*'), `-Djava.library.path=${folder}`, join(here, 'Harness.java')],
      {
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
    // Without a program there is no output either, which is told below; and who has ended takes no end of input.
    java.once('error', () => undefined);
    java.stdin.on('error', () => undefined);
    try {
      const { value: port } = await createInterface({ input: java.stdout })[Symbol.asyncIterator]().next();
      if (port === undefined) return { outcome: 'disagreed', summary: 'DynamoDB Local ended before it listened' };
      const files = TESTS.map((name) => `test/unit/${name}.test.ts`);
      return await runTests(files, { DYNAMODB_UNDER_TEST: `http://127.0.0.1:${port}` });
    } finally {
      java.stdin.end();
    }
  },
};
