import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFanout } from '#cli/run-fanout.ts';
import { ALARM_KIND_NAMES, ALARM_KINDS } from '#infra/operations/alarm-kinds.ts';
import { FOLLOW_EVENT_QUERY } from '#infra/operations/log-queries.ts';
import { SUBSCRIPTION_ALARM_KINDS, type SubscriptionAlarmKind } from '#infra/subscribe/subscription-alarm-kinds.ts';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { context } from '../../unit/cli/context.ts';
import { synthesize } from '../synthesize.ts';
import { alarmsOf } from './alarm-metrics.ts';
import { whatFires } from './describe-alarm.ts';

const SUBSCRIPTION_KINDS = Object.keys(SUBSCRIPTION_ALARM_KINDS) as SubscriptionAlarmKind[];
const docs = join(import.meta.dirname, '../../../docs');
const read = (page: string) => readFileSync(join(docs, 'runbooks', `${page}.md`), 'utf8');
const PAGES = readdirSync(join(docs, 'runbooks')).map((file) => file.replace(/\.md$/, ''));

describe('runbooks', () => {
  it('are one page per kind of alarm, an index and the page for afterwards', () => {
    expect(PAGES.toSorted()).toEqual([...ALARM_KIND_NAMES, ...SUBSCRIPTION_KINDS, 'README', 'catch-up'].toSorted());
  });

  it.each([...ALARM_KIND_NAMES, ...SUBSCRIPTION_KINDS])(
    '%s says what a person needs, in the same order everywhere',
    (kind) => {
      const headings = [...read(kind).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

      expect(headings).toEqual(['Meaning', 'Impact', 'Deadline', 'Look', 'Act', 'Stop if']);
    },
  );

  it.each(ALARM_KIND_NAMES)('%s names its alarm and severity', (kind) => {
    const { name, severity } = ALARM_KINDS[kind];
    const [, alarm = '', told] = /^Alarm `stripe-fanout-<stage>-(.+)`, severity (\w+)\.$/m.exec(read(kind)) ?? [];

    expect(alarm.replace(/<\w+>/, '{}')).toBe(name);
    expect(told).toBe(severity);
  });

  it.each(SUBSCRIPTION_KINDS)('%s names the alarm of a subscription and its severity', (kind) => {
    const { name, severity } = SUBSCRIPTION_ALARM_KINDS[kind];

    expect(read(kind)).toContain(`Alarm \`${name.replace('{}', '<subscription>')}\`, severity ${severity}.`);
  });

  it('all stand in the index', () => {
    for (const page of [...ALARM_KIND_NAMES, ...SUBSCRIPTION_KINDS, 'catch-up'])
      expect(read('README')).toContain(`(${page}.md)`);
  });

  it('link to pages that exist', () => {
    const links = PAGES.flatMap((page) => [...read(page).matchAll(/\]\(([a-z-]+)\.md\)/g)].map(([, to]) => to));

    expect(links.filter((to) => !PAGES.includes(String(to)))).toEqual([]);
  });

  it('show the query that follows an event as it is saved', () => {
    expect(read('README')).toContain(FOLLOW_EVENT_QUERY);
  });

  it.each(PAGES)('%s gives commands that the CLI understands', async (page) => {
    for (const [, line = ''] of read(page).matchAll(/npm run -s fanout -- ([^`\n]+)/g)) {
      // Where nothing answers, a command that was understood ends with 1, and one that was not with 2.
      const there = line.trim().replace('--stage $STAGE', '--local http://127.0.0.1:1');
      const words = Array.from(there.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);

      const { exitCode, stderr } = await runFanout(words, context);

      expect(stderr, line).toBe('');
      expect(exitCode, line).toBe(there === line.trim() ? 0 : 1);
    }
  });
});

describe('the operations guide', () => {
  // Not within the test, whose time a busy machine may need for it.
  const { operations } = synthesize({
    alarms: { silentAfterHours: { account: 6 } },
    partnerEventSources: [{ source: 'aws.partner/stripe.com/ed_1', name: 'account-events' }],
    issuingAuthorization: { fallback: 'decline', name: 'account-cards' },
  });

  it('says of each alarm what fires it, as the templates have it', () => {
    const alarms = alarmsOf(operations);
    const rows = Object.entries(alarms)
      // One row for all domains, and for all destinations.
      .filter(([name]) => !DOMAINS.some((domain) => domain.name !== 'billing' && name.startsWith(`${domain.name}-`)))
      .filter(([name]) => !/^(unrecognized|thin|refresh|partner)-(has|is)|^destination-connect/.test(name))
      .map(([name, alarm]) => {
        const [, severity, page] = /^\[(\w+)\].*\/([a-z0-9-]+)\.md$/.exec(alarm.AlarmDescription) ?? [];
        return `| [${name.replace('billing', '<queue>').replace(/account(-events|-cards)?/, '<name>')}](../runbooks/${page}.md) | ${severity} | ${whatFires(alarm)} |`;
      });

    const guide = readFileSync(join(docs, 'guides', 'operations.md'), 'utf8');

    for (const row of rows) expect(guide).toContain(row);
    expect(guide.match(/^\| \[/gm)).toHaveLength(ALARM_KIND_NAMES.length);
  });
});
