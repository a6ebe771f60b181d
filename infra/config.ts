import type { StageConfig } from './configuration/stage-config.ts';

/**
 * One entry per stage: `cdk deploy -c stage=<name>`. A stage's name is part of every resource's name, so stages fit
 * beside each other in one account. Each option, its range and its default: `StageConfig`.
 */
export const CONFIG = {
  dev: {},
  prod: {
    destinations: [
      { name: 'account', mode: 'live', payload: 'either', accounts: 'own' },
      { name: 'connect', mode: 'live', payload: 'either', accounts: 'connected' },
    ],
  },
  // Deployed, tried and removed by `npm run smoke`: its events are nobody's, and its failures need no hour to be final.
  smoke: { removalPolicy: 'destroy', retrySchedule: [1], maxReceiveCount: 3 },
} as const satisfies Readonly<Record<string, StageConfig>>;
