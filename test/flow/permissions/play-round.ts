import type { Statement } from '#local/iam/statement.ts';
import type { RuntimeEvents } from '#local/observe/observations.ts';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import type { Pipeline } from '../start-pipeline.ts';
import type { Needs } from './needs.ts';
import type { Round } from './rounds.ts';
import type { Scenario } from './scenario.ts';

/** Milliseconds until what a round set going has ended: with a statement missing, much is tried several times. */
const SETTLE_MS = 60_000;

type Denial = RuntimeEvents['denied'][0];

export interface RoundOptions {
  readonly pipeline: Pipeline;
  /** Whose events are taken where a statement is nobody's own. */
  readonly example: DomainOrUnrecognized;
  /** What needs the statements when nothing is taken away. */
  readonly needs: Needs;
  /** Milliseconds that a scenario may wait. */
  readonly patience: number;
}

/**
 * Takes away the statements of a round and plays what needs them, all domains at once: their roles and queues are their
 * own. What it set going has ended before the next round begins.
 * @returns the ids of the statements without which everything went on, or failed for another reason than their absence
 */
export async function playRound(round: Round, options: RoundOptions): Promise<string[]> {
  let left = round.statements;
  for (const scenario of options.needs.scenariosOf(round)) {
    const broken = new Set<Statement>();
    const play = async ({ statement, domain }: Round['statements'][number]) => {
      if (await breaks(scenario, statement, domain ?? options.example, options)) broken.add(statement);
    };
    if (scenario.once) for (const one of left) await play(one);
    else await Promise.all(left.map(play));
    left = left.filter(({ statement }) => !broken.has(statement));
    if (left.length === 0) break;
  }
  await options.pipeline.runtime.settled(SETTLE_MS);
  return left.map(({ statement }) => statement.id);
}

/** Whether a scenario fails without a statement, and because of its absence. */
async function breaks(
  scenario: Scenario,
  statement: Statement,
  domain: DomainOrUnrecognized,
  { pipeline, patience }: RoundOptions,
): Promise<boolean> {
  const { access, observations } = pipeline.runtime;
  let isDenied = statement.effect === 'Deny';
  const look = (denial: Denial) => {
    isDenied ||= isAbout(statement, denial);
  };
  observations.on('denied', look);
  const giveBack = access.withdraw(statement.id);
  try {
    await scenario.play({ pipeline, domain, patience });
    return false;
  } catch {
    return isDenied;
  } finally {
    giveBack();
    observations.off('denied', look);
  }
}

/** Whether the statement would have allowed what was denied: the action itself, or to take on the role for it. */
function isAbout(statement: Statement, { action, resource, reason }: Denial): boolean {
  const assumes = 'sts:AssumeRole';
  if (statement.action(assumes)) return reason.includes(assumes);
  return statement.action(action) && statement.resource(resource);
}
