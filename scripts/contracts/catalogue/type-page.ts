import { busName } from '#shared/naming/resource-names.ts';
import { contractName } from '../contract-name.ts';
import { codeBlock } from './code-block.ts';
import { deliverySection } from './delivery-section.ts';
import { factsSection } from './facts-section.ts';
import { fieldsSection } from './fields-section.ts';
import { type Html, html, prose } from './html.ts';
import { jsonHtml } from './json-html.ts';
import { page } from './page.ts';
import { subscribeSection } from './subscribe-section.ts';
import type { CatalogueOptions, TypeView } from './type-view.ts';

export interface TypePageOptions extends CatalogueOptions {
  /** An event of the type as a rule's target gets it. */
  readonly example: object;
  /** Types that begin alike. */
  readonly siblings: readonly TypeView[];
  /** Text of an inline script. */
  readonly script: string;
}

/** All about one event type. */
export function typePage(view: TypeView, options: TypePageOptions): string {
  const { entry, domain, domainTitle, marks } = view;
  const { type, description, objectKinds } = entry;
  const { stage, script, example, siblings } = options;
  return page({
    title: `${type} · ${busName(stage)}`,
    description,
    root: '..',
    script,
    body: html`<header class="top">
<nav aria-label="Breadcrumb"><a href="../index.html">Stripe events</a> / <a href="../index.html#domain=${domain}">${domainTitle}</a></nav>
<h1 class="type">${type}</h1>
<p class="lead">${prose(description)}</p>
<p>${marks.map((mark) => html`<span class="mark">${mark}</span> `)}</p>
</header>
<main id="main">
${factsSection(entry)}
${deliverySection(view, options)}
${subscribeSection(type, stage)}
<section aria-labelledby="example">
<h2 id="example">Example</h2>
<p>As a rule's target gets it. The values are made up; the fields are those of Stripe's API.</p>
${codeBlock(jsonHtml(example), { isLong: true })}
</section>
${objectKinds.map(fieldsSection)}
${siblings.length > 0 && besides(siblings)}
</main>`,
  });
}

function besides(siblings: readonly TypeView[]): Html {
  const link = ({ entry: { type } }: TypeView) => html`<li><a href="${contractName(type)}.html">${type}</a></li>`;
  return html`<nav aria-labelledby="more">
<h2 id="more">Beside it</h2>
<ul class="beside">${siblings.map(link)}</ul>
</nav>`;
}
