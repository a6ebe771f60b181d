import { DECISION_TYPES } from '#shared/catalogue/decision-types.ts';
import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { contractName } from '../contract-name.ts';
import { type Html, html } from './html.ts';

/** What a type is, whoever subscribes to it. */
export function factsSection(entry: EventTypeEntry): Html {
  const { type, object, objectKinds, selectionRequired } = entry;
  const kinds = objectKinds.map((kind, i) => html`${i > 0 && ' or '}<code>${kind}</code>`);
  return html`<section aria-labelledby="facts">
<h2 id="facts">What it is</h2>
<dl>
<dt>Object</dt><dd>${object}: ${kinds}</dd>
<dt>Stripe sends it</dt><dd>${howSent(entry)}</dd>
<dt>Known from</dt><dd>${source(entry)}</dd>
${selectionRequired && SELECTION_REQUIRED}${DECISION_TYPES.includes(type) && DECISION}<dt>Contract</dt><dd><a href="../../schemas/${contractName(type)}.json">JSON Schema</a></dd>
</dl>
</section>`;
}

const SELECTION_REQUIRED = html`<dt>Selection required</dt><dd>Only destinations that list this type by name receive it; <code>*</code> leaves it out.</dd>
`;

const DECISION = html`<dt>Answer</dt><dd>Stripe waits two seconds for an answer. What comes over the bus is a copy, and decides nothing.</dd>
`;

const NO_OBJECT = html`which names no object: <code>data.object</code> is then what Stripe keeps with the event`;

function howSent({ styles, thin }: EventTypeEntry): Html {
  if (thin === undefined) return html`as a snapshot`;
  const named = html`<code>${thin.type}</code>`;
  const object = thin.relatedObject === 'none' ? NO_OBJECT : html`whose object the pipeline fetches`;
  return html`${styles.join() === 'thin' ? 'as' : 'as a snapshot, or as'} the thin event ${named}, ${object}`;
}

function source({ since, legacy }: EventTypeEntry): string {
  if (since === 'sdk') return 'the stripe package; it is newer than the published list of 210 types';
  return `Stripe's published list of 210 types${legacy ? '; the stripe package no longer has it' : ''}`;
}
