import type { LocalAddresses } from './function-environment.ts';

/** A function whose AWS or Stripe clients would leave this machine. */
export class WouldReachAws extends Error {
  override readonly name = 'WouldReachAws';
}

/**
 * Refuses an environment that leads an AWS or Stripe client anywhere but to the local endpoint.
 * @throws {WouldReachAws} naming the variable
 */
export function assertStaysLocal(
  functionName: string,
  environment: Readonly<Record<string, string>>,
  { aws, stripe }: LocalAddresses,
): void {
  for (const [name, value] of Object.entries(environment)) {
    const elsewhere =
      (/^AWS_ENDPOINT_URL/.test(name) && value !== aws) ||
      (name === 'STRIPE_API_BASE' && value !== stripe) ||
      (name === 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS' && value !== 'false') ||
      /https?:\/\/[^/\s"]*\.(amazonaws|stripe)\.com/.test(value);
    if (!elsewhere) continue;
    const isStripe = name === 'STRIPE_API_BASE' || /\.stripe\.com/.test(value);
    throw new WouldReachAws(
      `${functionName} would reach real ${isStripe ? 'Stripe' : 'AWS'}: ${name} is "${value}", and ${isStripe ? (stripe ?? 'nothing') : aws} was expected. Take it out of the function's environment in infra/.`,
    );
  }
}
