import { RelatedObjectUnexpected } from '#shared/errors/stripe-errors.ts';
import type { StripeAnswer } from '#shared/ports/stripe-api.ts';

/** What was asked for; singletons have no id. */
export interface WantedObject {
  readonly id?: string | undefined;
  /** Its key `object`. */
  readonly type: string;
  readonly url: string;
}

/** @throws {RelatedObjectUnexpected} Stripe answered with something else than `event` refers to */
export function assertIsObject({ value }: StripeAnswer, { id, type, url }: WantedObject, event: string): void {
  const isOther = id !== undefined && value.id !== undefined && value.id !== id;
  if (value.object === type && !isOther) return;
  const what = isOther ? 'an object with another id' : `"object" ${JSON.stringify(value.object)?.slice(0, 80)}`;
  const expected = id === undefined ? type : `${type} ${id}`;
  throw new RelatedObjectUnexpected(`${url} of ${event} answered ${what}; ${expected} was expected.`);
}
