import { DOMAINS, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { searchEventTypes } from '#shared/catalogue/search-event-types.ts';
import { didYouMean } from '#shared/naming/nearest-name.ts';
import type { Command } from '../command.ts';
import { wrap } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';

/** `fanout types`: the catalogue, whole or searched. */
export const typesCommand: Command = {
  name: 'types',
  summary: 'List and search the event types this version knows.',
  usage: 'types [words to search for]',
  options: { domain: { type: 'string', value: 'NAME', help: 'Only types of this domain.' } },
  examples: ['types dispute', 'types --domain billing'],
  run({ positionals, values }, { paint, width }) {
    const found = positionals.length > 0 ? searchEventTypes(positionals.join(' ')) : EVENT_TYPES;
    const { domain } = values;
    if (typeof domain === 'string') assertDomain(domain);
    const listed = found.filter((entry) => domain === undefined || domainOf(entry) === domain);

    const blocks = listed.map((entry) => [
      paint('bold', entry.type),
      ...indented([domainOf(entry), entry.objectKinds.join(' or '), marksOf(entry)].join(' · '), width),
      ...indented(entry.description, width),
    ]);
    const text = listed.length > 0 ? blocks.map((lines) => lines.join('\n')).join('\n') : 'No event type matches.';
    return {
      exitCode: listed.length > 0 ? 0 : 1,
      data: listed.map((entry) => ({ ...entry, domain: domainOf(entry) })),
      text: `${text}\n\n${listed.length} of ${EVENT_TYPES.length} types`,
    };
  },
};

function indented(text: string, width: number): string[] {
  return wrap(text, width - 2).map((line) => `  ${line}`);
}

function domainOf({ type }: EventTypeEntry): string {
  return longestPrefix(type)?.domain ?? UNRECOGNIZED;
}

function marksOf({ styles, since, selectionRequired, legacy }: EventTypeEntry): string {
  const marks = [
    styles.join('+'),
    since === 'sdk' && 'newer',
    selectionRequired && 'selection required',
    legacy && 'legacy',
  ];
  return marks.filter(Boolean).join(', ');
}

function assertDomain(name: string): void {
  const names = DOMAINS.map((domain) => domain.name);
  if (names.some((known) => known === name)) return;
  throw new UsageError(`There is no domain ${name}.${didYouMean(name, names)} Domains: ${names.join(', ')}.`);
}
