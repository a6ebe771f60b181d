import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { Pipeline } from '../start-pipeline.ts';

/** Where a scenario takes place, and how long it may wait for what it promises. */
export interface Stage {
  readonly pipeline: Pipeline;
  readonly domain: DomainOrUnrecognized;
  /** Milliseconds after which what has not come about counts as not coming. */
  readonly patience: number;
}

/** One thing the pipeline does, played through from outside. */
export interface Scenario {
  readonly name: string;
  /** Whether it is the same for all domains: then it is played once. */
  readonly once?: boolean;
  /** @throws when the pipeline did something else */
  play(stage: Stage): Promise<void>;
}

/**
 * Waits for something to come about.
 * @throws {Error} it has not, and the patience is over
 */
export async function until(
  { patience }: Pick<Stage, 'patience'>,
  what: string,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not within ${patience} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @throws {Error} with what was expected, when it is not so */
export function expectThat(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`Expected: ${what}.`);
}
