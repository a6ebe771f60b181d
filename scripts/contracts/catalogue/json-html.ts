import { Html, html } from './html.ts';

/** Keys, texts, and all else that has a colour. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A value as indented JSON with its parts marked for colouring. */
export function jsonHtml(value: unknown): Html {
  // One short text alone in a list needs no lines of its own.
  const text = JSON.stringify(value, undefined, 2).replaceAll(/\[\n\s+("[^"\n]{1,80}")\n\s+\]/g, '[$1]');
  const parts: Html[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, quoted, colon] = match;
    parts.push(html`${text.slice(at, match.index)}`);
    if (colon !== undefined) parts.push(html`<b>${quoted}</b>${colon}`);
    else parts.push(quoted === undefined ? html`<i>${token}</i>` : html`<s>${token}</s>`);
    at = match.index + token.length;
  }
  return new Html([...parts, html`${text.slice(at)}`].map((part) => part.text).join(''));
}
