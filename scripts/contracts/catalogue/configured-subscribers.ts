import type { StageSettings } from '#infra/configuration/settings.ts';
import { subscriptionPattern } from '#infra/subscribe/subscription-pattern.ts';
import { directSubscriberName } from '#shared/naming/resource-names.ts';
import { matchedTypes } from '#shared/patterns/matched-types.ts';
import type { Subscriber } from './subscriber.ts';

/** The subscribers that a stage's configuration names: those for which it has a rule of its own. */
export function configuredSubscribers({ stage, subscribers }: StageSettings): readonly Subscriber[] {
  return subscribers.map(({ name, owner, events, where, replay = 'ignore' }) => {
    const pattern = subscriptionPattern({ events, replay, ...(where !== undefined && { where }) });
    const { types, conditions } = matchedTypes(pattern);
    return { rule: directSubscriberName(stage, name), owner, types: types.map(({ type }) => type), conditions };
  });
}
