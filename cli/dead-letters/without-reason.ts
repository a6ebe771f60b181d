import type { DeadLetter } from '#shared/operations/dead-letter.ts';

/** Attributes by which a handler or EventBridge says why a message is in a DLQ. */
const REASONS = [
  'ERROR_CODE',
  'ERROR_MESSAGE',
  'RULE_ARN',
  'TARGET_ARN',
  'RETRY_ATTEMPTS',
  'EXHAUSTED_RETRY_CONDITION',
];

/** The message as it is sent again: the reason is over, and would be taken for the next one. */
export function withoutReason({
  body,
  attributes,
  traceHeader,
}: DeadLetter): Pick<DeadLetter, 'body' | 'attributes' | 'traceHeader'> {
  const kept = Object.entries(attributes).filter(([name]) => !REASONS.includes(name));
  return { body, attributes: Object.fromEntries(kept), ...(traceHeader === undefined ? {} : { traceHeader }) };
}
