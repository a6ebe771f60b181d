import { errorCode, errorMessage, PipelineError } from '#shared/errors/pipeline-error.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import { LEDGER_TTL_SECONDS, type Ledger } from '#shared/ledger/ledger.ts';
import { type Deadlines, runOnce } from '#shared/ledger/run-once.ts';
import type { OpenedEvent } from './open-message.ts';
import type { HandlerPorts } from './ports.ts';
import {
  type EventOf,
  type Reaction,
  type ReactionContext,
  type Reactions,
  type ReactionType,
  Skip,
} from './reaction.ts';

/** Another invocation is running the same reaction for the same event, or died doing so. */
export class ReactionInProgress extends PipelineError {
  readonly code = 'reaction_in_progress';
  readonly disposition = 'retry';
  readonly remedy = 'The message comes back when the lease has ended.';
  /** Unix milliseconds. */
  readonly leaseUntil: number;

  constructor(message: string, leaseUntil: number) {
    super(message);
    this.leaseUntil = leaseUntil;
  }
}

type NamedReaction = readonly [name: string, run: (context: ReactionContext) => Promise<void>];

/**
 * Runs the reactions to an event, each once and each by itself: one that fails keeps no other from running.
 * An archive replay repairs projections and does not react; nor does an event older than the ledger's memory.
 * @throws the failure that is worth a retry, else the first one
 */
export async function runReactions(
  ports: HandlerPorts,
  reactions: Reactions,
  opened: OpenedEvent,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  const { event, isReplay } = opened;
  if (isReplay || event.created * 1000 < ports.clock.now() - LEDGER_TTL_SECONDS * 1000) return;

  const failures: unknown[] = [];
  for (const reaction of reactionsTo(reactions, event)) {
    await runOne(ports, reaction, event, ledger, deadlines).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures.find(isWorthRetry) ?? failures[0];
}

async function runOne(
  ports: HandlerPorts,
  [name, run]: NamedReaction,
  event: FanoutEvent,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<void> {
  const { domain, telemetry } = ports;
  const ran = await runOnce(
    ledger,
    {
      key: { event: event.id, stage: `react#${domain}#${name}` },
      run: () => run(contextOf(ports, event, name, deadlines.work)).catch(skipped),
      failure: (thrown) => ({
        domain,
        code: errorCode(thrown),
        message: errorMessage(thrown),
        type: event.type,
        account: event.account,
      }),
    },
    deadlines,
  );
  if (ran.outcome === 'in_progress') {
    throw new ReactionInProgress(`The reaction ${name} to ${event.id} is running elsewhere.`, ran.leaseUntil);
  }
  telemetry.count(ran.outcome === 'ran' ? 'Reacted' : 'ReactionDuplicate');
  if (ran.outcome === 'ran' && ran.settled !== 'completed') telemetry.count('CompleteUnknown');
}

/** Nothing to do is done: the ledger must not offer it again. */
function skipped(thrown: unknown): void {
  if (!(thrown instanceof Skip)) throw thrown;
}

function contextOf(ports: HandlerPorts, event: FanoutEvent, name: string, signal: AbortSignal): ReactionContext {
  const mode = event.livemode ? 'live' : 'test';
  const scope = event.account === undefined ? mode : `${mode}#${event.account}`;
  return {
    idempotencyKey: `${event.id}/${ports.domain}/${name}`.slice(0, 255),
    signal,
    log: (message, fields = {}) =>
      ports.telemetry.log('info', message, { ...fields, event: event.id, type: event.type, reaction: name }),
    keep: ({ object, data }) =>
      ports.teamRows.put({ object, data, scope, asOf: event.created * 1000, event: event.id }, signal),
  };
}

function reactionsTo(reactions: Reactions, event: FanoutEvent): readonly NamedReaction[] {
  return isTyped(event, reactions) ? named(reactions, event.type, event) : [];
}

/** A reaction stands under the type, so the event is of that type: Stripe's own union is keyed by it too. */
function isTyped(event: FanoutEvent, reactions: Reactions): event is FanoutEvent & EventOf<ReactionType> {
  return Object.hasOwn(reactions, event.type);
}

function named<Type extends ReactionType>(
  reactions: Reactions,
  type: Type,
  event: EventOf<Type>,
): readonly NamedReaction[] {
  const found: Reaction<Type> | Readonly<Record<string, Reaction<Type>>> | undefined = reactions[type];
  if (found === undefined) return [];
  if (typeof found === 'function') return [[type, (context) => found(event, context)]];
  return Object.entries(found).map(([name, run]) => [`${type}/${name}`, (context) => run(event, context)]);
}

function isWorthRetry(thrown: unknown): boolean {
  return !(thrown instanceof PipelineError) || thrown.disposition === 'retry';
}
