import { randomUUID } from 'node:crypto';

/** How the API misbehaves for some requests. */
export interface ApiFault {
  /** Start of the path: `/v1/invoices`, `/`. */
  readonly path: string;
  /**
   * A status of Stripe's; `hang`: no answer ever; `drop`: the connection is closed; `normal`: the true answer, which
   * `latencyMs` makes late.
   */
  readonly answer: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 503 | 'hang' | 'drop' | 'normal';
  /** Milliseconds before the answer, in real time. */
  readonly latencyMs?: number | undefined;
  /** Seconds, as the header `Retry-After`. */
  readonly retryAfter?: number | undefined;
  /** The header `Stripe-Should-Retry`. */
  readonly shouldRetry?: boolean | undefined;
  /** Requests that meet it. @default 1 */
  readonly times?: number | 'always' | undefined;
  /** The error's message, such as the permission that is missing. */
  readonly message?: string | undefined;
}

/** The faults in force. The first one that matches a request breaks it. */
export class ApiFaults {
  readonly #active = new Map<string, { readonly fault: ApiFault; left: number }>();

  /** @returns an id by which it can be removed before it ends by itself */
  add(fault: ApiFault): string {
    const id = randomUUID();
    this.#active.set(id, { fault, left: fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1) });
    return id;
  }

  /** @returns whether it was still in force */
  remove(id: string): boolean {
    return this.#active.delete(id);
  }

  clear(): void {
    this.#active.clear();
  }

  /** What is in force, and how many more requests each will break (`null`: any number). */
  list(): { id: string; fault: ApiFault; left: number | null }[] {
    return [...this.#active].map(([id, { fault, left }]) => ({ id, fault, left: Number.isFinite(left) ? left : null }));
  }

  /** Takes the fault that a request meets and counts it. */
  take(path: string): ApiFault | undefined {
    for (const [id, entry] of this.#active) {
      if (!path.startsWith(entry.fault.path)) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.#active.delete(id);
      return entry.fault;
    }
    return undefined;
  }
}
