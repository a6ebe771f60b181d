import type { Unsupported } from '../assembly/list-unsupported.ts';
import type { Statement } from './statement.ts';

/** Condition keys that a request here carries where it would in AWS, in lower case. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalServiceName',
    'aws:PrincipalType',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:ViaAWSService',
    'events:creatorAccount',
    'dynamodb:LeadingKeys',
    'events:detail-type',
    'events:source',
    'lambda:FunctionArn',
    's3:prefix',
  ].map((key) => key.toLowerCase()),
);

/** The conditions on keys that no request here carries although it might in AWS. */
export function unknownConditions(statements: readonly Statement[]): Unsupported[] {
  return statements.flatMap(({ id, conditions }) =>
    conditions
      .filter(({ key }) => !KNOWN.has(key.toLowerCase()))
      .map(({ key }) => ({
        resource: id,
        type: 'a policy statement',
        what: `the condition key ${key} is not emulated: no request has it`,
      })),
  );
}
