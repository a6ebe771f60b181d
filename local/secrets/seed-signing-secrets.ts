import { isRecord } from '#shared/event/stripe-event.ts';
import type { Secrets } from './secrets.ts';

/**
 * Puts a signing secret in place for every destination that a function serves: what an operator does after the first
 * deployment. Functions without `DESTINATIONS` and `SIGNING_SECRET_ARN` in their environment are left alone.
 * @param environments of all functions
 */
export function seedSigningSecrets(
  secrets: Secrets,
  environments: readonly Readonly<Record<string, string>>[],
  signingSecret: string,
): void {
  for (const { DESTINATIONS, SIGNING_SECRET_ARN } of environments) {
    if (DESTINATIONS === undefined || SIGNING_SECRET_ARN === undefined) continue;
    const destinations: unknown = JSON.parse(DESTINATIONS);
    const names = Array.isArray(destinations) ? destinations.map((d) => (isRecord(d) ? String(d.name) : '')) : [];
    const value = Object.fromEntries(names.map((name) => [name, [signingSecret]]));
    secrets.find(SIGNING_SECRET_ARN).put(JSON.stringify(value));
  }
}
