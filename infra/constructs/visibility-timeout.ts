/**
 * How long SQS hides a message while its handler runs: six times the function timeout, so that a throttled batch can
 * be tried again before the message reappears, plus the time to fill the batch.
 * @param functionTimeout seconds, 1 to 900
 * @param batchingWindow seconds, 0 to 300
 * @returns seconds
 * @throws {RangeError} when an argument is outside its range
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function visibilityTimeout(functionTimeout: number, batchingWindow = 0): number {
  requireSeconds('functionTimeout', functionTimeout, 1, 900);
  requireSeconds('batchingWindow', batchingWindow, 0, 300);
  return 6 * functionTimeout + batchingWindow;
}

function requireSeconds(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} is ${value}: expected whole seconds from ${least} to ${most}.`);
  }
}
