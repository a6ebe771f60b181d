import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { sampleThinEvent } from '#shared/samples/thin/sample-thin-event.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/api-keys.md'), 'utf8');
const thin = EVENT_TYPES.flatMap((entry) => (entry.thin === undefined ? [] : [{ ...entry, thin: entry.thin }]));
const kindsOf = (domain: string) =>
  thin
    .filter(({ type }) => longestPrefix(type)?.domain === domain)
    .flatMap(({ type }) => sampleThinEvent(type).notification.related_object?.type ?? []);
const named = (text = '') => Array.from(text.matchAll(/`([a-z0-9_.]+)`/g), ([, name]) => name);

describe('the guide to API keys', () => {
  it.each(DOMAINS.map(({ name }) => name))('says of %s exactly what is fetched', (domain) => {
    const row = guide.split('\n').find((line) => line.startsWith(`| ${domain} |`));

    expect(new Set(named(row?.split('|')[2]))).toEqual(new Set(kindsOf(domain)));
  });

  it('names the domains without thin types, which need no permission', () => {
    const without = DOMAINS.map(({ name }) => name).filter(
      (domain) => !thin.some(({ type }) => longestPrefix(type)?.domain === domain),
    );

    expect(guide).toContain(`No thin types: ${without.join(', ')}.`);
  });

  it('lists exactly the types without an object', () => {
    const section = guide.split('### Types without an object')[1]?.split('###')[0]?.split('\n\n').at(-2);

    const without = thin.filter(({ thin: { relatedObject } }) => relatedObject === 'none');
    expect(named(section)).toEqual(without.map(({ thin: { type } }) => type));
  });
});
