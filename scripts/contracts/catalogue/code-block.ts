import { type Html, html } from './html.ts';

/** A block of code, to which a script adds a button that copies it. */
export function codeBlock(code: Html | string, { isLong = false } = {}): Html {
  return html`<div class="code"><pre tabindex="0"${isLong && html` class="long"`}><code>${code}</code></pre></div>`;
}
