import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import { busName } from '#shared/naming/resource-names.ts';
import { examplePattern } from '../example-pattern.ts';
import { codeBlock } from './code-block.ts';
import { type Html, html } from './html.ts';
import { jsonHtml } from './json-html.ts';

/** What to paste to get events of a type. */
export function subscribeSection(type: string, stage: string): Html {
  return html`<section aria-labelledby="subscribe">
<h2 id="subscribe">Subscribe</h2>
<h3>A pattern for a rule on <code>${busName(stage)}</code></h3>
${codeBlock(jsonHtml(examplePattern(type)))}
<h3>With the CDK</h3>
${codeBlock(subscription(type, stage))}
<h3>In the function</h3>
${codeBlock(handler(type))}
</section>`;
}

function subscription(type: string, stage: string): string {
  const insistence = DECISION_TYPES.includes(type) ? '\n  allowUndecided: true,' : '';
  return `import { StripeEventSubscription, StripeFanoutBus } from 'stripe-fanout/subscribe';

new StripeEventSubscription(this, 'MySubscription', {
  bus: StripeFanoutBus.fromStage(this, '${stage}'),
  events: ['${type}'],${insistence}
  target: myFunction,
});`;
}

function handler(type: string): string {
  return `import { parseStripeEvent, settleRecords } from 'stripe-fanout/events';

export const handler = (batch) =>
  settleRecords(batch, async (record) => {
    const event = await parseStripeEvent(record, { types: ['${type}'] });
    console.log(event.id, event.data.object);
  });`;
}
