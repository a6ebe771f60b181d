import { arn } from '#local/assembly/account.ts';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import { busName } from '#shared/naming/resource-names.ts';
import type { Dunned } from '../dunned.ts';
import { fresh } from '../start-pipeline.ts';
import { expectThat, type Scenario, until } from './scenario.ts';

/** What CloudFormation does in the course of a rule's life. */
const RULES_LIFE = [
  'events:PutRule',
  'events:DescribeRule',
  'events:PutTargets',
  'events:ListTargetsByRule',
  'events:DisableRule',
  'events:EnableRule',
  'events:RemoveTargets',
  'events:DeleteRule',
];

/**
 * What teams of another account of the organization do.
 * @param account theirs
 * @param stacks names of theirs, of which each subscribes another way
 * @param dunned what their functions wrote
 */
export function subscriberScenarios(account: string, stacks: readonly string[], dunned: Dunned): readonly Scenario[] {
  return [
    {
      name: 'a large event is handled in another account, over a bus of its own and from a rule of ours',
      once: true,
      play: async (stage) => {
        const event = fresh('invoice.payment_failed');
        Object.assign(event.data.object, { footer: 'é'.repeat(150_000) });
        await stage.pipeline.send(event);
        const isDone = () => stacks.every((stack) => dunned.about(event.id, stack).length > 0);
        await until(stage, 'both functions have handled it', isDone);
      },
    },
    {
      name: 'a team makes, changes and removes a rule of its own on our bus',
      once: true,
      // Stacks are not deployed here: the bus's policy is asked directly.
      play: async ({ pipeline: { runtime } }) => {
        const resource = arn('events', `rule/${busName('dev')}/of-another-account`);
        const context = { 'events:creatorAccount': account, 'events:source': [STRIPE_SOURCE] };
        const principal = { kind: 'deployment', account } as const;
        const denials = RULES_LIFE.map((action) => runtime.access.denial({ principal, action, resource, context }));
        const denied = denials.filter((denial) => denial !== undefined);
        expectThat(denied.length === 0, `all of it is allowed, and not: ${denied}`);
      },
    },
  ];
}
