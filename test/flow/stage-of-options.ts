import type { StageConfig } from '#infra/configuration/stage-config.ts';

/** Of test mode. */
export const PARTNER_SOURCE = 'aws.partner/stripe.com/ed_test_61Flow';

/** Options that add functions, queues and permissions which the shipped stages lack. Subscribers add theirs themselves. */
export const STAGE_OF_OPTIONS = {
  partnerEventSources: [{ source: PARTNER_SOURCE, name: 'bridge' }],
  organization: 'o-a1b2c3d4e5',
  issuingAuthorization: { fallback: 'decline', policyMs: 1_200, provisionedConcurrency: 1 },
  schemaRegistry: true,
} as const satisfies StageConfig;
