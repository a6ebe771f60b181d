/**
 * The name under which a thin event is routed: Stripe's type without the leading `v1.` that thin events of v1
 * resources carry, so that a snapshot `invoice.paid` and its thin twin `v1.invoice.paid` go the same way.
 * Snapshot types are canonical as they are.
 * @param thinType `type` of a `v2.core.event`
 */
export function canonicalType(thinType: string): string {
  return thinType.startsWith('v1.') ? thinType.slice('v1.'.length) : thinType;
}
