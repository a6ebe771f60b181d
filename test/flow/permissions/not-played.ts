/** Statements that no scenario needs, and why they stay. Each must fit some statement of the templates. */
export const NOT_PLAYED: readonly { readonly statements: RegExp; readonly reason: string }[] = [
  {
    statements: /#WriteOwnLogs$/,
    reason: 'Lambda writes the log lines with the rights of the function; here they go to the terminal.',
  },
  {
    statements: /#(xray:PutTelemetryRecords|xray:PutTraceSegments)/,
    reason: 'The tracing layer sends them; there is no X-Ray here.',
  },
  {
    statements: /DeliveryCheckRole.*#(ReadMetrics|FindReplays|ReadReplays|sts:AssumeRole)$/,
    reason: 'The delivery check reads CloudWatch, which is not emulated; delivery-check.test.ts runs it with a fake.',
  },
  {
    statements: /StripeFanoutData\/(Capital|Crypto|Forwarding)(DeadLetter)?QueuePolicy#AllowRulesOfTheBus$/,
    reason: 'These domains are off: switching one on must not wait for a change of the stack that keeps the data.',
  },
];
