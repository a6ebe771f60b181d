import { PipelineError } from '#shared/errors/pipeline-error.ts';
import type { FanoutEvent } from '#shared/event/bus-entry.ts';
import { idempotencyKey } from '#shared/ledger/idempotency-key.ts';
import { isTeamKey, objectScope } from '#shared/projection/object-key.ts';
import type { HandlerPorts } from './ports.ts';
import type { ReactionContext } from './reaction.ts';

/** A reaction wants to keep its row where Stripe's objects are kept; only a change of the reaction can help. */
export class TeamKeyRefused extends PipelineError {
  readonly code = 'team_key_refused';
  readonly disposition = 'park';
  readonly remedy = 'Put a kind of your own and a colon before the id, deploy, then redrive.';
}

/** What a reaction may use beside its event. */
export function reactionContext(
  { domain, telemetry, teamRows }: HandlerPorts,
  event: FanoutEvent,
  reaction: string,
  signal: AbortSignal,
): ReactionContext {
  return {
    idempotencyKey: idempotencyKey(event.id, domain, reaction),
    signal,
    log: (message, fields = {}) =>
      telemetry.log('info', message, { ...fields, event: event.id, type: event.type, reaction }),
    async keep({ object, ...row }) {
      if (!isTeamKey(object)) {
        throw new TeamKeyRefused(
          `The reaction ${reaction} keeps a row under ${JSON.stringify(object).slice(0, 100)}, where a Stripe object belongs; a key such as "dunning:in_…" was expected.`,
        );
      }
      const asOf = event.created * 1000;
      return teamRows.put({ object, ...row, scope: objectScope(event), asOf, event: event.id }, signal);
    },
  };
}
