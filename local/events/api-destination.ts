import { AwsError } from '../aws/aws-error.ts';

/** An HTTP endpoint that rules deliver to. */
export interface ApiDestination {
  /** `<stack>/<logical id>` */
  readonly resource: string;
  readonly arn: string;
  readonly method: string;
  /** As the template has it. */
  readonly endpoint: string;
  /** Where that is on this machine; absent: nowhere. */
  readonly localUrl: string | undefined;
  /** What its connection adds to each request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Milliseconds that EventBridge waits for an answer. */
const TIMEOUT = 5_000;
/** What EventBridge tries again after; any other refusal is final. */
const TRIED_AGAIN = [401, 407, 409, 429];

/**
 * Calls an endpoint with what a rule has for it.
 * @throws {AwsError} it was not taken
 */
export async function callApiDestination(
  destination: ApiDestination,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  const { localUrl, method, headers, endpoint } = destination;
  if (localUrl === undefined) {
    const { origin } = new URL(endpoint);
    throw new AwsError(
      'ResourceNotFoundException',
      `Nothing here stands for ${origin}: --endpoint ${origin}=http://127.0.0.1:<port>.`,
    );
  }
  const answer = await fetch(localUrl, {
    method,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Amazon/EventBridge/ApiDestinations',
      ...headers,
    },
    ...(method !== 'GET' && method !== 'HEAD' && { body }),
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.name : String(cause);
    throw new AwsError('RequestTimeout', `${endpoint} gave no answer: ${reason}.`);
  });
  await answer.body?.cancel();
  if (answer.ok) return;
  const said = `${endpoint} answered ${answer.status}.`;
  if (answer.status === 429) throw new AwsError('ThrottlingException', said);
  const isTriedAgain = answer.status >= 500 || TRIED_AGAIN.includes(answer.status);
  throw new AwsError(isTriedAgain ? 'InternalFailure' : 'ValidationException', said);
}
