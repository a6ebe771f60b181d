import { Html, html } from './html.ts';

export interface PageOptions {
  readonly title: string;
  readonly description: string;
  /** From the page to the folder of the catalogue: `.` or `..`. */
  readonly root: string;
  readonly body: Html;
  /** Text of an inline script. */
  readonly script?: string;
}

/** A whole page: it needs its style sheet beside it, and nothing from the network. */
export function page({ title, description, root, body, script }: PageOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/catalogue.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${body}
${script !== undefined && new Html(`<script type="module">\n${script}</script>`)}
</body>
</html>
`.text;
}
