import { objectUrls } from '#shared/stripe/object-url.ts';
import { type Scope, scopeKey } from '../scope.ts';

type StripeObject = Readonly<Record<string, unknown>>;

/** Kinds that Stripe still answers when they are deleted: with id, kind and `deleted: true`. */
const REMEMBERED_WHEN_DELETED = new Set(['customer', 'terminal.reader']);

/** The objects of all accounts and modes, by the paths at which the API answers them. */
export class StoredObjects {
  readonly #objects = new Map<string, StripeObject>();

  /** Puts an object in place of what was there. @returns whether the API has a path for it */
  put(scope: Scope, object: StripeObject): boolean {
    const paths = objectUrls(object);
    for (const path of paths) this.#objects.set(keyOf(scope, path), object);
    return paths.length > 0;
  }

  /** Deletes an object as Stripe does: it is gone, or remembered as deleted. */
  delete(scope: Scope, object: StripeObject): void {
    const kind = String(object.object);
    const rest = REMEMBERED_WHEN_DELETED.has(kind) ? { id: object.id, object: kind, deleted: true } : undefined;
    for (const path of objectUrls(object)) {
      if (rest) this.#objects.set(keyOf(scope, path), rest);
      else this.#objects.delete(keyOf(scope, path));
    }
  }

  /** @param path without a query, as in the request */
  get(scope: Scope, path: string): StripeObject | undefined {
    return this.#objects.get(keyOf(scope, path));
  }
}

function keyOf(scope: Scope, path: string): string {
  return `${scopeKey(scope)} ${path.replace(/\/$/, '')}`;
}
