import { MAX_PATTERN_CHARACTERS } from '#shared/patterns/pattern-limit.ts';

/** EventBridge and SQS limits that CloudFormation meets only while it deploys, and no template check knows. */
export const QUOTAS = {
  /** Default per bus, adjustable; the archive's own rule counts. */
  rulesPerBus: 300,
  fewRulesPerBus: 100,
  regionsWithFewRules: ['af-south-1', 'eu-south-1'],
  /** Fixed. */
  targetsPerRule: 5,
  patternCharacters: MAX_PATTERN_CHARACTERS,
  /** Of a queue policy, all three fixed. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  policyConditions: 10,
  policyStatements: 20,
  policyBytes: 8_192,
} as const;
