import { deadLetterQueueName, handlerName, queueName, ruleName } from '#shared/naming/resource-names.ts';
import { type Html, html } from './html.ts';
import type { Subscriber } from './subscriber.ts';
import type { CatalogueOptions, TypeView } from './type-view.ts';

/** Where events of a type go: the pipeline's own way, and other teams' rules. */
export function deliverySection(view: TypeView, { stage, stateOf, areAllKnown }: CatalogueOptions): Html {
  const { domain, prefix, routeId } = view;
  return html`<section aria-labelledby="who">
<h2 id="who">Who gets it</h2>
<dl>
<dt>Rule</dt><dd><code>${ruleName(stage, routeId)}</code>${prefix !== undefined && html`, for what starts with <code>${prefix}</code> and with no longer prefix of the routing table`}</dd>
<dt>Queue</dt><dd><code>${queueName(stage, domain)}</code>; what fails is in <code>${deadLetterQueueName(stage, domain)}</code></dd>
<dt>Handler</dt><dd>${handler(stateOf(domain), handlerName(stage, domain))}</dd>
<dt>Subscribers</dt><dd>${listed(view.subscribers)}${!areAllKnown && NOT_ALL}</dd>
</dl>
</section>`;
}

const NOT_ALL = html` <small>in the configuration; <code>fanout subscriptions --json</code> knows the rules on the bus</small>`;

function handler(state: 'on' | 'draining' | 'off', name: string): Html {
  if (state === 'off') return html`none: the domain is off in this stage, and the archive keeps its events`;
  return html`<code>${name}</code>${state === 'draining' && ', which only empties its queue'}`;
}

function listed(subscribers: readonly Subscriber[]): Html {
  if (subscribers.length === 0) return html`none`;
  return html`<ul>${subscribers.map(
    ({ owner, rule, conditions }) =>
      html`<li>${owner ?? 'nobody named'}, by the rule <code>${rule}</code>${conditions.length > 0 && html`, if it fits in <code>${conditions.join(', ')}</code>`}</li>`,
  )}</ul>`;
}
