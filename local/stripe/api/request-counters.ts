/** What the API was asked, by endpoint and by status. */
export interface RequestCounts {
  readonly total: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** By method and path, ids as `:id`: `GET /v1/invoices/:id`. */
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** Most requests of any second, refused ones included. */
  readonly peakPerSecond: number;
}

/** Counts requests. */
export class RequestCounters {
  #total = 0;
  #peak = 0;
  #second: number[] = [];
  readonly #byStatus = new Map<string, number>();
  readonly #byEndpoint = new Map<string, number>();

  /** @param now milliseconds */
  arrived(endpoint: string, now: number): void {
    this.#total += 1;
    this.#second = [...this.#second.filter((at) => at > now - 1_000), now];
    this.#peak = Math.max(this.#peak, this.#second.length);
    increase(this.#byEndpoint, endpoint);
  }

  /** @param status HTTP's, or how the connection ended */
  answered(status: number | 'hang' | 'drop'): void {
    increase(this.#byStatus, String(status));
  }

  counts(): RequestCounts {
    return {
      total: this.#total,
      byStatus: Object.fromEntries(this.#byStatus),
      byEndpoint: Object.fromEntries(this.#byEndpoint),
      peakPerSecond: this.#peak,
    };
  }
}

/** The endpoint that a path belongs to: segments that are ids, which have a digit or a capital, become `:id`. */
export function endpointOf(method: string, path: string): string {
  const segments = path.split('/').map((segment, i) => (i > 1 && /[0-9A-Z]/.test(segment) ? ':id' : segment));
  return `${method} ${segments.join('/')}`;
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
