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
} as const satisfies Readonly<Record<string, StageConfig>>;
