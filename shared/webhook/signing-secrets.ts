import { AWAITED_KEY } from '../destinations/secret-keys.ts';
import { SecretUnavailable } from '../errors/store-errors.ts';
import { readRecord } from '../event/read-record.ts';
import type { Clock } from '../ports/clock.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { secretFingerprint } from '../signature/secret-fingerprint.ts';

/** Soonest a mismatch makes us read again, in ms: a flood of forgeries then costs one read a minute. */
const SOONEST_REREAD_MS = 60_000;
/** Age at which the secrets are read again anyway, in ms: so a revoked one is forgotten by warm instances too. */
const MAX_AGE_MS = 300_000;

/** The active signing secrets of all destinations, cached per function instance so that rotation needs no deploy. */
export class SigningSecrets {
  readonly #store: SecretStore;
  readonly #clock: Clock;
  #known: Readonly<Record<string, unknown>> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(store: SecretStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * @returns at least one secret
   * @throws {SecretUnavailable} when none was ever read, or none is stored for the destination
   */
  async of(destination: string, signal: AbortSignal): Promise<readonly string[]> {
    if (this.#known === undefined || this.#age() >= MAX_AGE_MS) await this.#read(signal);
    if (this.#listed(destination).length === 0) await this.reread(signal);

    const secrets = this.#listed(destination);
    if (secrets.length > 0) return secrets;
    throw new SecretUnavailable(`No signing secret (whsec_…) is stored for the destination "${destination}".`);
  }

  /** Reads again unless that was tried within the last minute. @returns whether it was tried */
  async reread(signal: AbortSignal): Promise<boolean> {
    if (this.#age() < SOONEST_REREAD_MS) return false;
    await this.#read(signal);
    return true;
  }

  /**
   * The secrets of a destination that a rotation waits for: whoever takes a delivery signed with one writes that down.
   * As last read; none outside a rotation.
   */
  awaited(destination: string): readonly string[] {
    const awaited = this.#known?.[AWAITED_KEY];
    if (!Array.isArray(awaited) || awaited.length === 0) return [];
    return this.#listed(destination).filter((secret) => awaited.includes(secretFingerprint(secret)));
  }

  #age(): number {
    return this.#clock.now() - this.#triedAt;
  }

  /** A failed read leaves the stale secrets in use; only an instance that never had any fails. */
  async #read(signal: AbortSignal): Promise<void> {
    try {
      this.#known = parse(await this.#store.read(signal));
      this.#triedAt = this.#clock.now();
    } catch (error) {
      if (this.#known === undefined) throw error;
      this.#triedAt = this.#clock.now();
    }
  }

  #listed(destination: string): readonly string[] {
    const known = this.#known ?? {};
    const listed = Object.hasOwn(known, destination) ? known[destination] : [];
    return Array.isArray(listed) ? listed.filter(isSigningSecret) : [];
  }
}

/** Anything else, above all an empty string, must never become a key that forgers could know. */
function isSigningSecret(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('whsec_') && value.length > 'whsec_'.length;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const value = readRecord(text);
  if (value !== undefined) return value;
  throw new SecretUnavailable('The signing secrets are not a JSON object of destination → list of whsec_… secrets.');
}
