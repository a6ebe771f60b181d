import { isRecord } from '#shared/event/stripe-event.ts';
import type { Secrets } from './secrets.ts';

/**
 * Puts a signing secret in place for every destination that a function serves: what an operator does after the first
 * deployment. Functions without destinations and `SIGNING_SECRET_ARN` in their environment are left alone.
 * @param environments of all functions
 */
export function seedSigningSecrets(
  secrets: Secrets,
  environments: readonly Readonly<Record<string, string>>[],
  signingSecret: string,
): void {
  const values = new Map<string, Record<string, readonly string[]>>();
  for (const { DESTINATIONS, AUTHORIZATIONS_FROM, SIGNING_SECRET_ARN } of environments) {
    if (SIGNING_SECRET_ARN === undefined) continue;
    const value = values.get(SIGNING_SECRET_ARN) ?? {};
    for (const name of [...namesIn(DESTINATIONS), ...namesIn(AUTHORIZATIONS_FROM)]) value[name] = [signingSecret];
    if (Object.keys(value).length > 0) values.set(SIGNING_SECRET_ARN, value);
  }
  for (const [arn, value] of values) secrets.find(arn).put(JSON.stringify(value));
}

/** @param json a destination, or a list of them */
function namesIn(json: string | undefined): string[] {
  const declared: unknown = JSON.parse(json ?? '[]');
  return [declared].flat().map((destination) => (isRecord(destination) ? String(destination.name) : ''));
}
