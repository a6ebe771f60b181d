import { StripeKeyMissing } from '#shared/errors/stripe-errors.ts';
import { readRecord } from '#shared/event/read-record.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { SecretStore } from '#shared/ports/secret-store.ts';
import { isApiKey } from '#shared/stripe/api-key.ts';

/** Soonest a key that is missing or refused makes us read again, in ms: a wrong key then costs one read a minute. */
const SOONEST_REREAD_MS = 60_000;
/** Age at which the keys are read again anyway, in ms: so a revoked one is forgotten by warm instances too. */
const MAX_AGE_MS = 300_000;

/** The API keys by mode, cached per function instance so that rotation needs no deploy. */
export class StripeKeys {
  readonly #store: SecretStore;
  readonly #clock: Clock;
  #known: Readonly<Record<string, unknown>> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(store: SecretStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * @throws {StripeKeyMissing} none is stored for the mode
   * @throws {SecretUnavailable} none was ever read
   */
  async of(livemode: boolean, signal: AbortSignal): Promise<string> {
    const mode = livemode ? 'live' : 'test';
    if (this.#known === undefined || this.#age() >= MAX_AGE_MS) await this.#read(signal);
    if (this.#stored(mode) === undefined) await this.reread(signal);

    const key = this.#stored(mode);
    if (key !== undefined) return key;
    throw new StripeKeyMissing(
      `The secret of API keys holds no key for ${mode} mode: "${mode}" with rk_${mode}_… was expected.`,
    );
  }

  /** Reads again unless that was tried within the last minute; requests at the same time share one read. */
  async reread(signal: AbortSignal): Promise<void> {
    if (this.#reading !== undefined || this.#age() >= SOONEST_REREAD_MS) await this.#read(signal);
  }

  #age(): number {
    return this.#clock.now() - this.#triedAt;
  }

  async #read(signal: AbortSignal): Promise<void> {
    this.#reading ??= this.#readOnce(signal).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** A failed read leaves the stale keys in use; only an instance that never had any fails. */
  async #readOnce(signal: AbortSignal): Promise<void> {
    try {
      this.#known = readRecord(await this.#store.read(signal)) ?? {};
    } catch (error) {
      if (this.#known === undefined) throw error;
    }
    this.#triedAt = this.#clock.now();
  }

  /** A key of the other mode is none: it would be answered 404 to everything. */
  #stored(mode: 'live' | 'test'): string | undefined {
    const known = this.#known ?? {};
    const key = Object.hasOwn(known, mode) ? known[mode] : undefined;
    return isApiKey(key, mode) ? key : undefined;
  }
}
