import type { ObjectField } from '#shared/contracts/object-field.ts';
import { OBJECT_FIELDS } from '#shared/contracts/object-fields.generated.ts';
import { type Html, html } from './html.ts';

/** The fields of an object's own, folded away. */
export function fieldsSection(kind: string): Html {
  const fields = Object.entries(OBJECT_FIELDS[kind] ?? {});
  return html`<section aria-labelledby="fields-${kind}">
<h2 id="fields-${kind}">Fields of <code>${kind}</code></h2>
<details>
<summary>${fields.length} fields; * is always there</summary>
<table>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Known values</th></tr></thead>
<tbody>
${fields.map(row)}</tbody>
</table>
</details>
</section>
`;
}

function row([name, { types, required, values }]: readonly [string, ObjectField]): Html {
  const mark = required && html`&nbsp;<abbr title="always there">*</abbr>`;
  return html`<tr><th scope="row"><code>${name}</code>${mark}</th><td>${types.join(' or ')}</td><td>${values?.join(', ')}</td></tr>
`;
}
