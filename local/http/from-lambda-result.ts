import { isRecord } from '#shared/event/stripe-event.ts';

/** An HTTP answer, ready to be sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

/** What API Gateway answers by itself. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

/** When a function failed, or its result is not one of payload format 2.0. */
export const INTERNAL_SERVER_ERROR = gatewayAnswer(500, 'Internal Server Error');

/**
 * Makes an HTTP answer of a function's result, payload format 2.0: an object with `statusCode`, or anything else as a
 * JSON body with status 200.
 * @param result JSON text; `undefined` when the function returned nothing
 */
export function fromLambdaResult(result: string | undefined): HttpAnswer {
  const value: unknown = result === undefined ? null : JSON.parse(result);
  if (!isRecord(value) || value.statusCode === undefined) {
    const body = typeof value === 'string' ? value : (result ?? 'null');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = Number(value.statusCode);
  const body = value.body ?? '';
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== 'string')
    return INTERNAL_SERVER_ERROR;
  const headers: Record<string, string | readonly string[]> = { 'content-type': 'text/plain;charset=UTF-8' };
  for (const [name, content] of Object.entries(isRecord(value.headers) ? value.headers : {})) {
    headers[name.toLowerCase()] = String(content);
  }
  if (Array.isArray(value.cookies)) headers['set-cookie'] = value.cookies.map(String);
  return { status, headers, body: value.isBase64Encoded === true ? Buffer.from(body, 'base64') : body };
}
