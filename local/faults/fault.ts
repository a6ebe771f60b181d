import type { ServiceName } from '../aws/aws-call.ts';

/** One way in which the AWS endpoint misbehaves. */
export interface Fault {
  readonly service: ServiceName;
  /** API operation, such as `PutEvents`; `*` for all of the service. */
  readonly operation: string;
  /** Only requests whose path or body contains this text. */
  readonly match?: string | undefined;
  /** Not requests whose path or body contains this text. */
  readonly except?: string | undefined;
  /** Only requests of functions of these names; anybody's where it is left out. */
  readonly callers?: readonly string[] | undefined;
  /** How many requests that match pass before it begins to break them; 0 by default. */
  readonly skip?: number | undefined;
  /** How many requests it breaks before it ends by itself; 1 by default. */
  readonly times?: number | 'always' | undefined;
  /**
   * An AWS error code, answered instead of doing anything; `hang`: no answer at all, and nothing done;
   * `drop-answer`: the operation is done and the connection closed before the answer.
   */
  readonly error: string;
  /**
   * Called at each request that it breaks, while the caller waits for the answer: the moment to end that caller.
   * @param caller name of the function whose request it is; `undefined` for anybody else's
   */
  readonly onMet?: ((caller: string | undefined) => void) | undefined;
}
