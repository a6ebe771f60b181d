import type { Scope } from '../scope.ts';

/** A request whose key was known. */
export interface ApiCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By the key's mode, and by `Stripe-Context` or `Stripe-Account`. */
  readonly scope: Scope;
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON. */
  readonly body: unknown;
}
