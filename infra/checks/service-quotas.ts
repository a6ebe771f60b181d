/** EventBridge and SQS limits that CloudFormation meets only while it deploys, and no template check knows. */
export const QUOTAS = {
  /** Default per bus, adjustable (100 in af-south-1 and eu-south-1); the archive's own rule counts. */
  rulesPerBus: 300,
  /** Fixed. */
  targetsPerRule: 5,
  /** Characters of a pattern's JSON, adjustable. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  patternCharacters: 2_048,
  /** Of a queue policy, all three fixed. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  policyConditions: 10,
  policyStatements: 20,
  policyBytes: 8_192,
} as const;
