import { readRecord } from '../event/read-record.ts';
import { isRecord } from '../event/stripe-event.ts';
import { secretFingerprint } from '../signature/secret-fingerprint.ts';
import { AWAITED_KEY, OWNERS_KEY } from './secret-keys.ts';
import type { Mode } from './stripe-configuration.ts';

/** Whose secret is among those of a destination's name: one of Stripe's destinations. */
export interface SecretOwner {
  /** Stripe's id: `ed_…`, `we_…`. */
  readonly id: string;
  /** Name in the configuration. */
  readonly destination: string;
  readonly mode: Mode;
}

/**
 * The text of the secret that holds all signing secrets: `{"account":["whsec_…"],"_owners":{…}}`. Owners are kept in the
 * same text, so that one write says both that a secret counts and whose it is. Every change keeps what it does not
 * know, and doing it twice is doing it once. No message quotes the text.
 */
export class SecretDocument {
  readonly #document: Readonly<Record<string, unknown>>;

  /** @throws {Error} when it is not a JSON object */
  constructor(text: string) {
    this.#document = parse(text);
  }

  get text(): string {
    return JSON.stringify(this.#document);
  }

  /** The signing secrets of a name. */
  secretsOf(destination: string): readonly string[] {
    const listed = this.#document[destination];
    return Array.isArray(listed) ? listed.filter((item): item is string => typeof item === 'string') : [];
  }

  /** Fingerprint of a Stripe destination's own secret; `undefined` when it is not known, or no longer listed. */
  fingerprintOf(id: string, destination: string): string | undefined {
    const owner = this.#owners()[id];
    const fingerprint = isRecord(owner) ? owner.fingerprint : undefined;
    const listed = this.secretsOf(destination).map(secretFingerprint);
    return typeof fingerprint === 'string' && listed.includes(fingerprint) ? fingerprint : undefined;
  }

  /** Fingerprint of the secret that the present one was rolled from, until that one is taken away. */
  previousOf(id: string): string | undefined {
    const owner = this.#owners()[id];
    return isRecord(owner) && typeof owner.previous === 'string' ? owner.previous : undefined;
  }

  /** How many secrets of a name belong to no destination that is known: put in by hand, mostly. */
  strangersOf(destination: string): number {
    const known = Object.values(this.#owners()).flatMap((owner) =>
      isRecord(owner) ? [owner.fingerprint, owner.previous] : [],
    );
    return this.secretsOf(destination).filter((secret) => !known.includes(secretFingerprint(secret))).length;
  }

  /** Owners of a mode, as they were written. */
  ownersIn(mode: Mode): readonly SecretOwner[] {
    return Object.entries(this.#owners()).flatMap(([id, owner]) =>
      isRecord(owner) && owner.mode === mode ? [{ id, mode, destination: String(owner.destination) }] : [],
    );
  }

  /** Adds an owner's secret. One that the owner had before stays listed, as its previous one. */
  with({ id, destination, mode }: SecretOwner, secret: string): SecretDocument {
    const listed = this.secretsOf(destination);
    const fingerprint = secretFingerprint(secret);
    const before = this.fingerprintOf(id, destination);
    const previous = before === fingerprint ? this.previousOf(id) : before;
    const owner = { destination, mode, fingerprint, ...(previous !== undefined && { previous }) };
    return this.#changed({
      [destination]: listed.includes(secret) ? listed : [...listed, secret],
      [OWNERS_KEY]: { ...this.#owners(), [id]: owner },
    });
  }

  /**
   * The ingress writes down when it takes a delivery that was signed by an awaited secret.
   * @param fingerprint of a secret that is listed
   */
  awaiting(fingerprint: string): SecretDocument {
    const awaited = this.#awaited();
    return awaited.includes(fingerprint) ? this : this.#changed({ [AWAITED_KEY]: [...awaited, fingerprint] });
  }

  awaitingNoLonger(fingerprint: string): SecretDocument {
    const awaited = this.#awaited();
    if (!awaited.includes(fingerprint)) return this;
    return this.#changed({ [AWAITED_KEY]: awaited.filter((other) => other !== fingerprint) });
  }

  /** Takes an owner's secret away, and the owner. */
  without({ id, destination }: Pick<SecretOwner, 'id' | 'destination'>): SecretDocument {
    const { [id]: owner, ...owners } = this.#owners();
    if (owner === undefined) return this;
    const fingerprint = isRecord(owner) ? owner.fingerprint : undefined;
    return this.#changed({ [OWNERS_KEY]: owners }).withoutFingerprints(destination, [String(fingerprint)]);
  }

  /** Takes away what an owner's secret was rolled from. */
  withoutPrevious({ id, destination }: Pick<SecretOwner, 'id' | 'destination'>): SecretDocument {
    const previous = this.previousOf(id);
    const { [id]: owner } = this.#owners();
    if (previous === undefined || !isRecord(owner)) return this;
    const { previous: _, ...rest } = owner;
    return this.#changed({ [OWNERS_KEY]: { ...this.#owners(), [id]: rest } }).withoutFingerprints(destination, [
      previous,
    ]);
  }

  withoutFingerprints(destination: string, fingerprints: readonly string[]): SecretDocument {
    const listed = this.secretsOf(destination);
    const kept = listed.filter((secret) => !fingerprints.includes(secretFingerprint(secret)));
    return kept.length === listed.length ? this : this.#changed({ [destination]: kept });
  }

  #awaited(): readonly unknown[] {
    const awaited = this.#document[AWAITED_KEY];
    return Array.isArray(awaited) ? awaited : [];
  }

  #owners(): Readonly<Record<string, unknown>> {
    const owners = this.#document[OWNERS_KEY];
    return isRecord(owners) ? owners : {};
  }

  #changed(parts: Readonly<Record<string, unknown>>): SecretDocument {
    return new SecretDocument(JSON.stringify({ ...this.#document, ...parts }));
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const value = readRecord(text);
  if (value !== undefined) return value;
  throw new Error('The signing secrets are not a JSON object of destination → list of whsec_… secrets.');
}
