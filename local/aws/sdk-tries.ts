import type { IncomingHttpHeaders } from 'node:http';

/** What every AWS SDK says of its tries: `attempt=2; max=3`. */
const TRY = /attempt=(\d+); max=(\d+)/;

/** Remembers which fault a try met until the SDK sends the same call again. */
export class SdkTries {
  /** Errors of faults, by what SDKs give each call and repeat with each of its tries. */
  readonly #met = new Map<string, string>();

  /** @returns for a call that is sent once more, the fault that its try before met; `undefined` for a first try */
  repeated(headers: IncomingHttpHeaders): { readonly fault: string | undefined } | undefined {
    const { attempt, call } = read(headers);
    if (attempt < 2) return undefined;
    const fault = this.#met.get(call);
    this.#met.delete(call);
    return { fault };
  }

  /** Whoever has no more tries never sends it again, and is not remembered. */
  met(headers: IncomingHttpHeaders, fault: string): void {
    const { attempt, most, call } = read(headers);
    if (attempt < most) this.#met.set(call, fault);
  }
}

function read(headers: IncomingHttpHeaders) {
  const [, attempt, most] = TRY.exec(String(headers['amz-sdk-request'])) ?? [];
  return { attempt: Number(attempt ?? 1), most: Number(most ?? 1), call: String(headers['amz-sdk-invocation-id']) };
}
