import type { Principal } from '../iam/principal.ts';

/** Services by the name in a signature's credential scope. */
export type ServiceName = 'dynamodb' | 'events' | 'lambda' | 'logs' | 's3' | 'secretsmanager' | 'sqs';

/** One request to the AWS endpoint, its body read. */
export interface AwsCall {
  readonly service: ServiceName;
  /** The API operation, such as `PutItem`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Names and values in turn, in the caller's own casing. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Whose access key signed the request. */
  readonly principal: Principal;
  /** The endpoint's own address: `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** Answers the calls to one service. */
export type AwsService = (call: AwsCall) => Promise<AwsAnswer>;

/** A service written here, which knows what it can do. */
export type OwnService = AwsService & { readonly operations: readonly string[] };
