import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { Pipeline } from '../start-pipeline.ts';
import type { Round } from './rounds.ts';
import type { Scenario } from './scenario.ts';

export interface NeedsOptions {
  readonly pipeline: Pipeline;
  readonly scenarios: readonly Scenario[];
  /** Whose events are taken where any domain's would do. */
  readonly example: DomainOrUnrecognized;
  /** Milliseconds that a scenario may wait. */
  readonly patience: number;
}

/** What each scenario used: by the statements' ids, with the actions. */
type Used = ReadonlyMap<Scenario, ReadonlyMap<string, ReadonlySet<string>>>;

/** What scenarios use of the policies, as long as nothing is taken away. */
export class Needs {
  readonly #example: DomainOrUnrecognized;
  readonly #used: Used;

  private constructor(example: DomainOrUnrecognized, used: Used) {
    this.#example = example;
    this.#used = used;
  }

  /** Plays each scenario by itself. */
  static async of({ pipeline, scenarios, example, patience }: NeedsOptions): Promise<Needs> {
    const { access } = pipeline.runtime;
    const used = new Map<Scenario, ReadonlyMap<string, ReadonlySet<string>>>();
    access.takeUsed();
    for (const scenario of scenarios) {
      await scenario.play({ pipeline, domain: example, patience });
      await pipeline.runtime.settled();
      used.set(scenario, access.takeUsed());
    }
    return new Needs(example, used);
  }

  /** The scenarios that need something of a round. */
  scenariosOf(round: Round): readonly Scenario[] {
    const ids = this.#exampleOf(round).map(({ id }) => id);
    return [...this.#used].flatMap(([scenario, used]) => (ids.some((id) => used.has(id)) ? [scenario] : []));
  }

  /** The actions of a round that no scenario asks for, but for those with a wildcard. */
  unneededActions(round: Round): readonly string[] {
    const [statement] = this.#exampleOf(round);
    const done = new Set([...this.#used.values()].flatMap((used) => [...(used.get(statement?.id ?? '') ?? [])]));
    const actions = [statement?.source.Action].flat().map(String);
    return actions.filter((action) => !action.includes('*') && !done.has(action));
  }

  #exampleOf({ statements }: Round) {
    return statements
      .filter(({ domain }, i) => domain === this.#example || (domain === undefined && i === 0))
      .map(({ statement }) => statement);
  }
}
