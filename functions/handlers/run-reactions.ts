import { errorCode, errorMessage, PipelineError } from '#shared/errors/pipeline-error.ts';
import { InProgressElsewhere, OutOfTime } from '#shared/errors/queue-errors.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import type { EventOf, StripeEventType } from '#shared/event/event-of.ts';
import { LEDGER_TTL_SECONDS, type Ledger } from '#shared/ledger/ledger.ts';
import { notingRelease } from '#shared/ledger/noting-release.ts';
import { type Deadlines, runOnce } from '#shared/ledger/run-once.ts';
import { asksFor } from '#shared/replay/replay-name.ts';
import { awaitReaction } from './await-reaction.ts';
import type { OpenedEvent } from './open-message.ts';
import type { HandlerPorts } from './ports.ts';
import type { Reaction, ReactionContext, Reactions } from './reaction.ts';
import { reactionContext } from './reaction-context.ts';

/** A reaction that did not come to its end. */
export interface ReactionFailure {
  readonly thrown: unknown;
  /** Its own ledger row already says why, so nothing else needs to. */
  readonly isRecorded: boolean;
}

type NamedReaction = readonly [name: string, run: (context: ReactionContext) => Promise<void>];

/**
 * Runs the reactions to an event, each once and each by itself: one that fails keeps no other from running.
 * An archive replay repairs projections and runs only the reaction it asks for, as often as it is asked, and once for
 * each replay; an event older than the ledger's memory does not react without that.
 * @returns of those that failed, the one by which the message is settled
 */
export async function runReactions(
  ports: HandlerPorts,
  reactions: Reactions,
  opened: OpenedEvent,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<ReactionFailure | undefined> {
  const { event } = opened;
  const failures: ReactionFailure[] = [];
  for (const reaction of wantedOf(ports, reactionsTo(reactions, event), opened)) {
    const failure = await runOne(ports, reaction, event, ledger, deadlines);
    if (failure !== undefined) failures.push(failure);
  }
  return failures.toSorted((a, b) => urgency(a) - urgency(b))[0];
}

function wantedOf(
  { domain, clock }: HandlerPorts,
  all: readonly NamedReaction[],
  { event, replay }: OpenedEvent,
): readonly NamedReaction[] {
  if (replay === undefined) return event.created * 1000 < clock.now() - LEDGER_TTL_SECONDS * 1000 ? [] : all;
  // Under the replay's name it has a ledger stage, and outside an idempotency key, that no run before it used.
  const asked = all.filter(([name]) => asksFor(replay, `${domain}#${name}`));
  return asked.map(([name, run]) => [`${name}#${replay}`, run]);
}

/** A real failure sets the time of the next try; what was not done at all still needs one; only the rest may be parked. */
function urgency({ thrown }: ReactionFailure): number {
  if (thrown instanceof InProgressElsewhere) return 1;
  if (thrown instanceof OutOfTime) return 2;
  return thrown instanceof PipelineError && thrown.disposition !== 'retry' ? 3 : 0;
}

async function runOne(
  ports: HandlerPorts,
  [name, run]: NamedReaction,
  event: FanoutEvent,
  ledger: Ledger,
  deadlines: Deadlines,
): Promise<ReactionFailure | undefined> {
  const { domain, telemetry } = ports;
  if (deadlines.work.aborted) {
    return {
      thrown: new OutOfTime(`No time was left to begin the reaction ${name} to ${event.id}.`),
      isRecorded: false,
    };
  }
  let isRecorded = false;
  const noting = notingRelease(ledger, () => {
    isRecorded = true;
  });
  try {
    const ran = await runOnce(
      noting,
      {
        key: { event: event.id, stage: `react#${domain}#${name}` },
        run: () => react(run, reactionContext(ports, event, name, deadlines.work)),
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
      const message = `The reaction ${name} to ${event.id} is running elsewhere.`;
      return { thrown: new InProgressElsewhere(message, ran.leaseUntil), isRecorded };
    }
    telemetry.count(ran.outcome === 'ran' ? ran.result : 'ReactionDuplicate');
    if (ran.outcome === 'ran' && ran.settled !== 'completed') telemetry.count('CompleteUnknown');
    return undefined;
  } catch (thrown) {
    return { thrown, isRecorded };
  }
}

/** Nothing to do is done: the ledger must not offer it again. */
async function react(run: NamedReaction[1], context: ReactionContext) {
  try {
    await awaitReaction(run(context), context.signal);
    return 'Reacted';
  } catch (thrown) {
    if (!(thrown instanceof PipelineError) || thrown.disposition !== 'skip') throw thrown;
    context.log('skipped', { code: thrown.code, reason: errorMessage(thrown) });
    return 'Skipped';
  }
}

function reactionsTo(reactions: Reactions, event: FanoutEvent): readonly NamedReaction[] {
  return isTyped(event, reactions) ? named(reactions, event.type, event) : [];
}

/** A reaction stands under the type, so the event is of that type: Stripe's own union is keyed by it too. */
function isTyped(event: FanoutEvent, reactions: Reactions): event is FanoutEvent & EventOf<StripeEventType> {
  return Object.hasOwn(reactions, event.type);
}

function named<Type extends StripeEventType>(
  reactions: Reactions,
  type: Type,
  event: EventOf<Type>,
): readonly NamedReaction[] {
  const found: Reaction<Type> | Readonly<Record<string, Reaction<Type>>> | undefined = reactions[type];
  if (found === undefined) return [];
  if (typeof found === 'function') return [[type, (context) => found(event, context)]];
  return Object.entries(found).map(([name, run]) => [`${type}/${name}`, (context) => run(event, context)]);
}
