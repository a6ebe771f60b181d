/** How deliveries went. */
export interface DeliverySummary {
  /** Events that were made. */
  readonly events: number;
  /** Deliveries that were begun; a duplicate is one more. */
  readonly sent: number;
  /** Deliveries that Stripe still tries. */
  readonly pending: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Any other 2xx. */
  readonly ignored: number;
  /** Deliveries that Stripe gave up. */
  readonly failed: number;
  /** Tries that were answered with anything but 2xx, by status, or by what kept them from an answer. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Milliseconds until an answer came, of the latest 10,000 tries; null before the first. */
  readonly answerMs: { readonly p50: number; readonly p95: number } | null;
}

const KEPT_TIMES = 10_000;

/** Counts the deliveries of one group of emissions. */
export class DeliveryReport {
  #events = 0;
  #sent = 0;
  #failed = 0;
  readonly #outcomes = { accepted: 0, duplicates: 0, ignored: 0 };
  readonly #refusals = new Map<string, number>();
  readonly #times: number[] = [];

  /** @param deliveries one for each destination and copy */
  emitted(deliveries: number): void {
    this.#events += 1;
    this.#sent += deliveries;
  }

  /** @param ms how long the answer took */
  answered(ms: number): void {
    this.#times.push(ms);
    if (this.#times.length > KEPT_TIMES) this.#times.shift();
  }

  /** @param outcome what the ingress says in its answer */
  delivered(outcome: unknown): void {
    if (outcome === 'accepted') this.#outcomes.accepted += 1;
    else if (outcome === 'duplicate') this.#outcomes.duplicates += 1;
    else this.#outcomes.ignored += 1;
  }

  refused(reason: string): void {
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }

  gaveUp(): void {
    this.#failed += 1;
  }

  summary(): DeliverySummary {
    const { accepted, duplicates, ignored } = this.#outcomes;
    return {
      events: this.#events,
      sent: this.#sent,
      pending: this.#sent - this.#failed - accepted - duplicates - ignored,
      ...this.#outcomes,
      failed: this.#failed,
      refusals: Object.fromEntries(this.#refusals),
      answerMs: percentiles(this.#times),
    };
  }
}

function percentiles(times: readonly number[]): DeliverySummary['answerMs'] {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}
