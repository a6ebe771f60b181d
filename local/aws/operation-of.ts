import type { ServiceName } from './aws-call.ts';

/** The API operation of a request: named by a header in the JSON protocols, told by method and path for S3 and Lambda. */
export function operationOf(service: ServiceName, method: string, path: string, target: string | undefined): string {
  if (service === 'lambda') return lambdaOperation(method, new URL(path, 'http://localhost').pathname);
  if (service !== 's3') return target?.split('.').at(-1) ?? '';
  const [, bucket, ...key] = new URL(path, 'http://localhost').pathname.split('/');
  if (!bucket) return 'ListBuckets';
  const kind = key.join('/') ? 'Object' : 'Bucket';
  const verbs: Readonly<Record<string, string>> = {
    GET: kind === 'Object' ? 'GetObject' : 'ListObjectsV2',
    PUT: kind === 'Object' ? 'PutObject' : 'CreateBucket',
    HEAD: `Head${kind}`,
    DELETE: `Delete${kind}`,
  };
  return verbs[method] ?? `${method}${kind}`;
}

/** Lambda's paths begin with the date of the API's version, which differs from operation to operation. */
function lambdaOperation(method: string, path: string): string {
  const [, , kind = '', id, verb] = path.split('/');
  const known: Readonly<Record<string, string>> = {
    'GET event-source-mappings': id ? 'GetEventSourceMapping' : 'ListEventSourceMappings',
    'PUT event-source-mappings': 'UpdateEventSourceMapping',
    'GET account-settings': 'GetAccountSettings',
    'POST functions': verb === 'invocations' ? 'Invoke' : '',
  };
  return known[`${method} ${kind}`] ?? `${method} ${path}`;
}
