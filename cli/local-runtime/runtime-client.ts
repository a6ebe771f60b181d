import { isRecord } from '#shared/event/stripe-event.ts';
import type { CommandContext } from '../command.ts';
import { isLoopback } from '../delivery/target.ts';
import { UsageError } from '../usage-error.ts';

/** Where `npm run dev` listens by default. */
export const LOCAL_RUNTIME = 'http://127.0.0.1:4242';

/** What the stand-in is to send; the fields that the CLI uses of it. */
export interface EmissionRequest {
  readonly type: string;
  readonly style: 'snapshot' | 'thin';
  readonly destination?: string;
  readonly livemode?: boolean;
  readonly account?: string;
  readonly copies?: number;
  readonly delayMs?: number;
  readonly tag: string;
}

/** How the deliveries of one tag went, as the stand-in tells it. */
export interface Deliveries {
  readonly events: number;
  readonly sent: number;
  readonly pending: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly ignored: number;
  readonly failed: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly answerMs: { readonly p50: number; readonly p95: number } | null;
}

/** The runtime did not do what it was asked; the message says what to do. */
export class RuntimeFault extends Error {
  override readonly name = 'RuntimeFault';
}

/** Stripe's stand-in in a runtime that `npm run dev` has started. */
export class RuntimeClient {
  readonly #origin: string;
  readonly #context: CommandContext;

  /**
   * @param url of the runtime, or any URL at its port
   * @throws {UsageError} for an URL that is not on this machine
   */
  constructor(url: string, context: CommandContext) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed?.protocol !== 'http:' || !isLoopback(parsed)) {
      throw new UsageError(
        `--url ${url} is not a local runtime: only what \`npm run dev\` runs has a Stripe beside it that answers for the events it sends.`,
      );
    }
    this.#origin = parsed.origin;
    this.#context = context;
  }

  /**
   * @returns ids of the events that are now on their way
   * @throws {RuntimeFault}
   */
  async emit(emissions: readonly EmissionRequest[]): Promise<readonly string[]> {
    const { events } = await this.#call('emit', { method: 'POST', body: JSON.stringify(emissions) });
    return Array.isArray(events) ? events.map((event) => (isRecord(event) ? String(event.id) : '')) : [];
  }

  /** @throws {RuntimeFault} */
  async deliveries(tag: string): Promise<Deliveries> {
    const answer = await this.#call(`deliveries?tag=${encodeURIComponent(tag)}`, {});
    if (isDeliveries(answer)) return answer;
    throw new RuntimeFault(`${this.#origin} tells nothing of deliveries: it is another version of the local runtime.`);
  }

  async #call(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    const url = `${this.#origin}/_local/stripe/${path}`;
    const response = await this.#context.fetch(url, init).catch((cause: unknown) => {
      throw new RuntimeFault(
        `Nothing answers at ${this.#origin}. Start the pipeline with \`npm run dev\` in another terminal.`,
        {
          cause,
        },
      );
    });
    const answer = await response.json().catch(() => undefined);
    if (response.ok && isRecord(answer)) return answer;
    const told = isRecord(answer) && isRecord(answer.error) ? answer.error.message : undefined;
    throw new RuntimeFault(
      response.status === 404 || typeof told !== 'string'
        ? `What answers at ${this.#origin} (${response.status}) is not a local runtime with Stripe's stand-in. Give the URL that \`npm run dev\` prints.`
        : told,
    );
  }
}

function isDeliveries(value: unknown): value is Deliveries {
  return (
    isRecord(value) &&
    ['sent', 'pending', 'failed'].every((name) => typeof value[name] === 'number') &&
    isRecord(value.refusals)
  );
}
