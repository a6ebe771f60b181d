import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { DomainOrUnrecognized } from '#shared/catalogue/domains.ts';
import { ROUTES, type Route } from '#shared/catalogue/routes.ts';
import { type QueueOwner, type RuleId, ruleName } from '#shared/naming/resource-names.ts';
import type { EventPattern } from '#shared/patterns/event-pattern.ts';
import { excludedRoutes } from '#shared/patterns/excluded-routes.ts';
import { patternForRoute } from '#shared/patterns/pattern-for-route.ts';
import { THIN_PATTERN } from '#shared/patterns/thin-pattern.ts';
import { UNRECOGNIZED_PATTERN } from '#shared/patterns/unrecognized-pattern.ts';
import type { DomainQueue } from './domain-queue.ts';
import { EventRule } from './event-rule.ts';

export interface RoutingRulesProps {
  readonly stage: string;
  readonly bus: EventBus;
  readonly queueOf: (owner: QueueOwner) => DomainQueue;
  /** Whether a domain's rules have its queue as a target. */
  readonly delivers: (domain: DomainOrUnrecognized) => boolean;
}

/**
 * One rule per row of the routing table, one for the notifications that wait for the resolver, and one for what no row
 * covers. Exactly one matches each event.
 */
export class RoutingRules extends Construct {
  constructor(scope: Construct, id: string, { stage, bus, queueOf, delivers }: RoutingRulesProps) {
    super(scope, id);
    const addRule = (id: RuleId, description: string, pattern: EventPattern, owner?: QueueOwner) =>
      new EventRule(this, id, {
        bus,
        ruleName: ruleName(stage, id),
        description,
        pattern,
        ...(owner !== undefined && { target: queueOf(owner) }),
      });

    const rules = new Map<string, EventRule>();
    for (const route of ROUTES) {
      const owner = delivers(route.domain) ? route.domain : undefined;
      rules.set(route.id, addRule(route.id, `${route.prefix}* to ${route.domain}`, patternForRoute(route), owner));
    }
    const rulesOf = (routes: readonly Route[]) => routes.flatMap((route) => rules.get(route.id) ?? []);
    for (const route of ROUTES) rules.get(route.id)?.deployAfter(rulesOf(excludedRoutes(route)));

    addRule('Thin', 'Thin notifications, to the resolver', THIN_PATTERN, 'thin');
    const unrecognized = addRule('Unrecognized', 'Types that no prefix covers', UNRECOGNIZED_PATTERN, 'unrecognized');
    unrecognized.deployAfter([...rules.values()]);
  }
}
