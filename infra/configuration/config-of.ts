import { nearestName } from '#shared/naming/nearest-name.ts';
import { InvalidConfig } from './invalid-config.ts';
import type { StageConfig } from './stage-config.ts';

/**
 * A stage's entry in `infra/config.ts`.
 * @throws {InvalidConfig} there is none
 */
export function configOf(stage: string, config: Readonly<Record<string, StageConfig>>): StageConfig {
  const entry = Object.hasOwn(config, stage) ? config[stage] : undefined;
  if (entry !== undefined) return entry;
  const nearest = nearestName(stage, Object.keys(config));
  const advice = nearest === undefined ? `use one of ${Object.keys(config).join(', ')}` : `did you mean "${nearest}"`;
  throw new InvalidConfig(stage, [`There is no such stage: ${advice}, or add an entry for it.`]);
}
