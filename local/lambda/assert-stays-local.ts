/** A function whose AWS clients would leave this machine. */
export class WouldReachAws extends Error {
  override readonly name = 'WouldReachAws';
}

/**
 * Refuses an environment that leads an AWS client anywhere but to the local endpoint.
 * @throws {WouldReachAws} naming the variable
 */
export function assertStaysLocal(
  functionName: string,
  environment: Readonly<Record<string, string>>,
  awsAddress: string,
): void {
  for (const [name, value] of Object.entries(environment)) {
    const elsewhere =
      (/^AWS_ENDPOINT_URL/.test(name) && value !== awsAddress) ||
      (name === 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS' && value !== 'false') ||
      /https?:\/\/[^/\s"]*\.amazonaws\.com/.test(value);
    if (!elsewhere) continue;
    throw new WouldReachAws(
      `${functionName} would reach real AWS: ${name} is "${value}", and ${awsAddress} was expected. Take it out of the function's environment in infra/.`,
    );
  }
}
