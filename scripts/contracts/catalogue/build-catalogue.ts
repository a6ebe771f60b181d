import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractName } from '../contract-name.ts';
import { indexPage } from './index-page.ts';
import { typePage } from './type-page.ts';
import { type CatalogueOptions, type TypeView, typeViews } from './type-view.ts';

/**
 * Writes the pages: an index that can be searched, and one page for each event type.
 * @param example an event of a type as a rule's target gets it
 * @returns how many types have a page
 */
export function buildCatalogue(folder: string, options: CatalogueOptions, example: (type: string) => object): number {
  const views = typeViews(options);
  mkdirSync(join(folder, 'types'), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'catalogue.css'), join(folder, 'catalogue.css'));
  writeFileSync(join(folder, 'index.html'), indexPage(views, options, scriptNamed('index-search.js')));
  const script = scriptNamed('copy-buttons.js');
  for (const view of views) {
    const { type } = view.entry;
    const text = typePage(view, { ...options, script, example: example(type), siblings: besides(view, views) });
    writeFileSync(join(folder, 'types', `${contractName(type)}.html`), text);
  }
  return views.length;
}

function scriptNamed(file: string): string {
  return readFileSync(join(import.meta.dirname, file), 'utf8');
}

/** The types that share all but the last word, or else the first one. */
function besides({ entry }: TypeView, views: readonly TypeView[]): readonly TypeView[] {
  const family = (type: string) => type.slice(0, type.lastIndexOf('.') + 1);
  const alike = (start: string) => views.filter(({ entry: { type } }) => type !== entry.type && type.startsWith(start));
  const near = alike(family(entry.type));
  return near.length > 0 ? near : alike(`${entry.type.split('.')[0]}.`);
}
