import type { ServiceName } from './aws-call.ts';

/** Headers that tell operations apart. */
export interface TellingHeaders {
  /** `x-amz-target` */
  readonly target: string | undefined;
  /** `x-amz-copy-source` is there. */
  readonly isCopy: boolean;
}

/** Parameters of S3 that make another operation, although they have a value. */
const SUBRESOURCES = new Set(['uploadId', 'partNumber', 'versionId']);
/** Parameters of lists that have no value where a person left them out. */
const MAY_BE_EMPTY = new Set(['prefix', 'delimiter', 'marker', 'start-after', 'continuation-token']);

/** The API operation of a request: named by a header in the JSON protocols, told by method and path for S3 and Lambda. */
export function operationOf(service: ServiceName, method: string, path: string, headers: TellingHeaders): string {
  if (service === 'lambda') return lambdaOperation(method, new URL(path, 'http://localhost').pathname);
  if (service !== 's3') return headers.target?.split('.').at(-1) ?? '';
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [, bucket, ...key] = pathname.split('/');
  const subresource = [...searchParams].find(
    ([name, value]) => SUBRESOURCES.has(name) || (value === '' && !MAY_BE_EMPTY.has(name)),
  );
  // `GET /bucket?policy` is another operation than `GET /bucket`, and so are copies and parts.
  if (subresource) return `${method} ?${subresource[0]}`;
  if (headers.isCopy) return 'CopyObject';
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
