import { errorMessage } from '#shared/errors/pipeline-error.ts';
import type { SnapshotEvent } from '#shared/event/stripe-event.ts';
import { awaitWork } from '#shared/ledger/await-work.ts';
import type { AuthorizationRequest, Decision } from './authorization-policy.ts';
import type { Budget } from './budget.ts';
import type { AuthorizerPorts } from './ports.ts';
import { spendingSoFar } from './spending-so-far.ts';
import { whyNotDecision } from './why-not-decision.ts';

export type Decided = { readonly decision: Decision } & (
  | { readonly by: 'policy' }
  | {
      readonly by: 'fallback';
      readonly code: 'no_time_left' | 'policy_failed' | 'policy_late' | 'policy_answer_invalid' | 'request_unreadable';
      readonly reason: string;
    }
);

/**
 * Asks the policy, for as long as there is time. Never throws: whatever happens, Stripe gets a decision.
 * @param request `undefined` when Stripe's event cannot be read as one
 */
export async function decide(
  ports: AuthorizerPorts,
  event: SnapshotEvent,
  request: AuthorizationRequest | undefined,
  budget: Budget,
): Promise<Decided> {
  const fallBack = (code: Extract<Decided, { by: 'fallback' }>['code'], reason: string): Decided => ({
    decision: { approved: ports.fallback === 'approve' },
    by: 'fallback',
    code,
    reason,
  });
  if (request === undefined) return fallBack('request_unreadable', 'The event holds no pending authorization.');
  const ms = budget.policy();
  if (ms === 0) return fallBack('no_time_left', `${budget.spent()} ms had passed before the policy could be asked.`);

  const signal = AbortSignal.timeout(ms);
  const late = () => new PolicyLate(`The policy had ${Math.round(ms)} ms and did not decide.`);
  const context = {
    signal,
    spending: spendingSoFar(ports.spending, request, signal),
    log: (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      ports.telemetry.log('info', message, { ...fields, event: event.id, type: event.type }),
  };
  try {
    // Called in an async function, so that what it throws at once is caught here too.
    const decision = await awaitWork((async () => ports.policy(request, context))(), signal, late, 0);
    const problem = whyNotDecision(decision, request);
    return problem === undefined ? { decision, by: 'policy' } : fallBack('policy_answer_invalid', problem);
  } catch (thrown) {
    // What fails because its signal ended was late, however it says so.
    return fallBack(signal.aborted ? 'policy_late' : 'policy_failed', errorMessage(thrown));
  }
}

class PolicyLate extends Error {
  override readonly name = 'PolicyLate';
}
