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
  // Never deployed: `npm run chaos` runs it on this machine, with events by webhook and over partner buses.
  chaos: {
    partnerEventSources: [
      { source: 'aws.partner/stripe.com/ed_Chaos', name: 'partner-live' },
      { source: 'aws.partner/stripe.com/ed_test_Chaos', name: 'partner-test' },
    ],
  },
  // Deployed, tried and removed by `npm run smoke`: its events are nobody's, and its failures need no hour to be final.
  smoke: { removalPolicy: 'destroy', retrySchedule: [1], maxReceiveCount: 3 },
} as const satisfies Readonly<Record<string, StageConfig>>;
