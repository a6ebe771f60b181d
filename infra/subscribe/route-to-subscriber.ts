import type { Construct } from 'constructs';
import type { StripeEventSubscriptionProps } from './subscription-props.ts';
import { knownTarget } from './subscription-target.ts';

/**
 * How events get from the pipeline's bus to a subscription.
 * - `rule`: by a rule on the bus, which is in the same account.
 * - `bus`: by a rule on the bus to one of the subscriber's account, and a rule on that.
 * - `direct`: by a rule that the pipeline's account makes.
 */
export type Route = 'rule' | 'bus' | 'direct';

/** What a subscriber's name may look like: it ends up in a role's name, which may have 64 characters. */
export const SUBSCRIBER_NAME = /^[a-z][a-z0-9-]{0,16}[a-z0-9]$/;

export function routeOf(scope: Construct, { bus, via = 'bus' }: StripeEventSubscriptionProps): Route {
  return bus.isForeignTo(scope) ? via : 'rule';
}

/** What is wrong with name and route. One sentence per problem, with what to write instead. */
export function routeProblems(scope: Construct, props: StripeEventSubscriptionProps): string[] {
  const { name, via, target } = props;
  const route = routeOf(scope, props);
  return [
    ...(name !== undefined && !SUBSCRIBER_NAME.test(name)
      ? [`name is ${JSON.stringify(name)}: write 2 to 18 lower-case letters, digits and inner dashes, a letter first.`]
      : []),
    ...(route === 'rule' && via !== undefined
      ? [`via is '${via}', but the bus is in the same account: leave it out, the rule is made on the bus itself.`]
      : []),
    ...(route === 'direct' && name === undefined
      ? [
          "via: 'direct' needs a name, by which both accounts find the other's part: write name: 'dunning', for example.",
        ]
      : []),
    ...(route === 'direct' && knownTarget(target).kind !== 'function'
      ? ["via: 'direct' brings events into a queue of its own, for a function: for other targets leave via out."]
      : []),
    ...(route === 'direct' && props.transform !== undefined
      ? ["transform is done by the rule, which with via: 'direct' is not yours: leave it out, or leave via out."]
      : []),
  ];
}

/** What is wrong with since when events are wanted. */
export function startProblems({ startFrom, replay }: StripeEventSubscriptionProps, now: Date): string[] {
  if (startFrom === undefined) return [];
  if (Number.isNaN(startFrom.getTime())) return ["startFrom is no date: write new Date('2026-11-24T03:00:00Z')."];
  if (startFrom > now) return [`startFrom is ${startFrom.toISOString()}, which lies ahead: leave it out.`];
  if (replay !== 'ignore') return [];
  return ["startFrom asks for a replay, which replay: 'ignore' keeps out: leave replay out."];
}
