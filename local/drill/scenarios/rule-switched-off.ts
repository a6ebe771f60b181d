import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { busName, ruleName } from '#shared/naming/resource-names.ts';
import { freshEvents } from '../fresh-events.ts';
import type { Scenario } from '../scenario.ts';
import { unhandled } from '../unhandled.ts';

/** A rule that somebody switched off: its events come on the bus and go nowhere. */
export const ruleSwitchedOff: Scenario = {
  name: 'rule-switched-off',
  summary: 'events are not delivered',
  alarm: 'events-are-not-delivered',
  domain: 'products',
  hints: [
    'No queue has them and no DLQ. What does doctor say?',
    'A rule is switched off. The remedy that doctor names switches it on; so does deploy with --revert-drift, here deploy.',
    'The archive has what was missed: replay --from 10m --domain products --yes.',
  ],
  cause: 'Somebody had switched the rule "Product" off in the console. Rules are never switched off to pause a domain.',
  async begin(world) {
    const { runtime, stripe, stage, clients } = world;
    const rule = { EventBusName: busName(stage), Name: ruleName(stage, 'Product') };
    const before = runtime.ruleMatches(rule.Name);
    await clients.events.send(new DisableRuleCommand(rule));
    const events = freshEvents('product.created', 3).map((event) => {
      stripe.send(event);
      return event.id;
    });
    const mend = () => clients.events.send(new EnableRuleCommand(rule));
    return {
      victims: events,
      // What the delivery check reports, taken from Stripe and matched by no rule; once all have been taken, so that a
      // replay up to now brings back each of them.
      measure: () => {
        const isTaken = events.every((id) => !stripe.undelivered.has(id));
        return isTaken ? events.length - (runtime.ruleMatches(rule.Name) - before) : 0;
      },
      state: async () => unhandled(world, 'products', events),
      deploy: () => void mend(),
      end: async () => void (await mend()),
    };
  },
};
