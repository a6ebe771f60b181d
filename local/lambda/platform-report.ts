import { FunctionFailed } from './function-failed.ts';

/**
 * The line that Lambda writes about an invocation that failed, in its JSON form. Good ones have none at the level of
 * system logs that is deployed.
 * @param durationMs milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export function platformReport(requestId: string, durationMs: number, thrown: unknown): string {
  const isTimeout = thrown instanceof FunctionFailed && thrown.errorType === 'Sandbox.Timedout';
  return JSON.stringify({
    time: new Date().toISOString(),
    type: 'platform.report',
    record: {
      requestId,
      metrics: { durationMs: Math.round(durationMs) },
      status: isTimeout ? 'timeout' : 'error',
      errorType: thrown instanceof FunctionFailed ? thrown.errorType : 'Error',
    },
  });
}
