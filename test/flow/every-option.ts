import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { PARTNER_SOURCE } from './permissions/partner-scenarios.ts';

/** Every option that adds resources or permissions which the shipped stages lack, but for subscribers. */
export const EVERY_OPTION = {
  partnerEventSources: [{ source: PARTNER_SOURCE, name: 'bridge' }],
  organization: 'o-a1b2c3d4e5',
  issuingAuthorization: { fallback: 'decline', policyMs: 1_200, provisionedConcurrency: 1 },
  schemaRegistry: true,
} as const satisfies StageConfig;
