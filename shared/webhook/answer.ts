import { errorCode, PipelineError } from '../errors/pipeline-error.ts';
import { Refusal } from './refusal.ts';

/** What the sender of a request gets: a status and a JSON body that never echoes the request. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function answer(statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The answer for anything thrown: a refusal's own status, else 503, so that Stripe tries again. */
export function failed(thrown: unknown): Answer {
  const known = thrown instanceof PipelineError;
  const error = {
    code: publicCode(thrown),
    message: known ? thrown.message : 'The event could not be taken because of a fault on our side.',
    remedy: known ? thrown.remedy : 'Stripe tries again. The function log has the cause under this code.',
  };
  return answer(thrown instanceof Refusal ? thrown.status : 503, { error });
}

/** Stripe's side need not tell our kinds of failed publishing apart. */
function publicCode(thrown: unknown): string {
  const code = errorCode(thrown);
  return code === 'publish_unknown' || code === 'bus_refused' || code === 'payload_store_unavailable'
    ? 'publish_failed'
    : code;
}
