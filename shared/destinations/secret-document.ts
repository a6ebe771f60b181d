import { isRecord } from '../event/stripe-event.ts';
import { secretFingerprint } from '../signature/secret-fingerprint.ts';
import type { Mode } from './stripe-configuration.ts';

/** Whose secret is among those of a destination's name: one of Stripe's destinations. */
export interface SecretOwner {
  /** Stripe's id: `ed_…`, `we_…`. */
  readonly id: string;
  /** Name in the configuration. */
  readonly destination: string;
  readonly mode: Mode;
}

/** A key that no destination can be named. Who verifies signatures reads past it. */
const OWNERS = '_owners';

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

  /** How many secrets of a name belong to no destination that is known: put in by hand, mostly. */
  strangersOf(destination: string): number {
    const known = Object.values(this.#owners()).map((owner) => (isRecord(owner) ? owner.fingerprint : undefined));
    return this.secretsOf(destination).filter((secret) => !known.includes(secretFingerprint(secret))).length;
  }

  /** Owners of a mode, as they were written. */
  ownersIn(mode: Mode): readonly SecretOwner[] {
    return Object.entries(this.#owners()).flatMap(([id, owner]) =>
      isRecord(owner) && owner.mode === mode ? [{ id, mode, destination: String(owner.destination) }] : [],
    );
  }

  with({ id, destination, mode }: SecretOwner, secret: string): SecretDocument {
    const listed = this.secretsOf(destination);
    const owner = { destination, mode, fingerprint: secretFingerprint(secret) };
    return this.#changed({
      [destination]: listed.includes(secret) ? listed : [...listed, secret],
      [OWNERS]: { ...this.#owners(), [id]: owner },
    });
  }

  /** A secret that was rolled at Stripe, whose destination keeps its id. */
  withUnowned(destination: string, secret: string): SecretDocument {
    const listed = this.secretsOf(destination);
    return listed.includes(secret) ? this : this.#changed({ [destination]: [...listed, secret] });
  }

  /** Takes an owner's secret away, and the owner. */
  without({ id, destination }: Pick<SecretOwner, 'id' | 'destination'>): SecretDocument {
    const { [id]: owner, ...owners } = this.#owners();
    if (owner === undefined) return this;
    const fingerprint = isRecord(owner) ? owner.fingerprint : undefined;
    return this.#changed({ [OWNERS]: owners }).withoutFingerprints(destination, [String(fingerprint)]);
  }

  withoutFingerprints(destination: string, fingerprints: readonly string[]): SecretDocument {
    const listed = this.secretsOf(destination);
    const kept = listed.filter((secret) => !fingerprints.includes(secretFingerprint(secret)));
    return kept.length === listed.length ? this : this.#changed({ [destination]: kept });
  }

  #owners(): Readonly<Record<string, unknown>> {
    const owners = this.#document[OWNERS];
    return isRecord(owners) ? owners : {};
  }

  #changed(parts: Readonly<Record<string, unknown>>): SecretDocument {
    return new SecretDocument(JSON.stringify({ ...this.#document, ...parts }));
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Falls through: the parser's own message would quote the secret.
  }
  throw new Error('The signing secrets are not a JSON object of destination → list of whsec_… secrets.');
}
