import { busName } from '#shared/naming/resource-names.ts';
import { CATALOGUED_DOMAINS } from '../catalogued-domains.ts';
import { contractName } from '../contract-name.ts';
import { type Html, html, prose } from './html.ts';
import { page } from './page.ts';
import type { CatalogueOptions, TypeView } from './type-view.ts';

/** The list of all types, which a script can search; without it, or printed, all are there. */
export function indexPage(
  views: readonly TypeView[],
  { stage, subscribers, areAllKnown }: CatalogueOptions,
  script: string,
): string {
  const bus = busName(stage);
  return page({
    title: `Stripe events on ${bus}`,
    description: `The ${views.length} event types on the bus ${bus}: what each means, and how to subscribe to it.`,
    root: '.',
    script,
    body: html`<header class="top">
<p class="bus">${bus}</p>
<h1>Stripe events</h1>
<p class="lead">${views.length} event types that other teams can subscribe to${areAllKnown && `; ${subscribers.length} subscriptions so far`}. For tools: <a href="../asyncapi.json">AsyncAPI 3</a>, <a href="../schemas/index.json">JSON Schemas</a>.</p>
${searchForm}
</header>
<main id="main">
${CATALOGUED_DOMAINS.map((domain) => domainSection(domain, views))}<p id="none" hidden>No event type fits. <button type="button" id="all">Show all</button></p>
</main>`,
  });
}

/** Hidden until the script is there that it needs. */
const searchForm = html`<form role="search" class="search" hidden>
<label for="q">Search</label>
<input id="q" type="search" autocomplete="off" spellcheck="false" placeholder="dispute, invoice payment, thin only …">
<label for="d">Domain</label>
<select id="d"><option value="">All domains</option>${CATALOGUED_DOMAINS.map(({ name, title }) => html`<option value="${name}">${title}</option>`)}</select>
<p id="n" role="status"></p>
</form>`;

function domainSection({ name, title }: (typeof CATALOGUED_DOMAINS)[number], views: readonly TypeView[]): Html {
  const own = views.filter(({ domain }) => domain === name);
  return html`<section data-domain="${name}" aria-labelledby="d-${name}">
<h2 id="d-${name}">${title} <small>${own.length}</small></h2>
<ul class="types">
${own.map(row)}</ul>
</section>
`;
}

function row({ entry, marks, subscribers }: TypeView): Html {
  const { type, object, thin, description } = entry;
  const owners = subscribers.map(({ owner, rule }) => owner ?? rule);
  const searched = [type, object, thin?.type, description, ...marks, ...owners].join(' ').toLowerCase();
  return html`<li data-text="${searched}"><a href="types/${contractName(type)}.html">${type}</a>
${marks.map((mark) => html`<span class="mark">${mark}</span> `)}${owners.map((owner) => html`<span class="mark to">${owner}</span> `)}
<p>${prose(description)}</p></li>
`;
}
