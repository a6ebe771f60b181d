import { arn } from '../assembly/account.ts';
import type { JsonReader } from '../json-reader.ts';

/** A Lambda permission as the statement that Lambda makes of it in the function's policy. */
export function lambdaPermission(properties: JsonReader): { readonly arn: string; readonly statement: object } {
  const name = properties.string('FunctionName');
  const functionArn = name.startsWith('arn:') ? name : arn('lambda', `function:${name}`);
  const principal = properties.string('Principal');
  const [account, source] = [properties.optionalString('SourceAccount'), properties.optionalString('SourceArn')];
  const statement = {
    Effect: 'Allow',
    Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: properties.string('Action'),
    Resource: functionArn,
    Condition: {
      ...(account !== undefined && { StringEquals: { 'aws:SourceAccount': account } }),
      ...(source !== undefined && { ArnLike: { 'aws:SourceArn': source } }),
    },
  };
  return { arn: functionArn, statement };
}
