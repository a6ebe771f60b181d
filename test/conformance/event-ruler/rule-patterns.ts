import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addSubscriber } from '../../../bench/cost/add-subscriber.ts';
import { synthesizer } from '../../../bench/cost/synthesize-templates.ts';
import type { Template } from '../../../bench/cost/template-facts.ts';
import { STAGE_OF_ALL_OPTIONS } from '../stage-of-all-options.ts';

const STAGE = 'dev';

/** Every pattern of a stage with all options and of another team's subscription, as they are deployed. */
export function synthesizedPatterns(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    return patternsIn(synthesizer(STAGE, folder)(STAGE_OF_ALL_OPTIONS, (app) => addSubscriber(app, STAGE)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The different patterns of rules and archives, as JSON.
 * @throws {Error} one is complete only once it is deployed, so that nobody could judge it here
 */
export function patternsIn(templates: readonly Template[]): readonly string[] {
  const found = templates.flatMap(({ Resources }) =>
    Object.entries(Resources).flatMap(([id, { Properties }]) => {
      if (Properties?.EventPattern === undefined) return [];
      const pattern = JSON.stringify(Properties.EventPattern);
      if (/"(Ref|Fn::\w+)":/.test(pattern)) throw new Error(`The pattern of ${id} holds a reference: ${pattern}`);
      return [pattern];
    }),
  );
  return [...new Set(found)];
}
