import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsOf } from '#infra/configuration/settings.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { buildContracts } from '../../../scripts/contracts/build-contracts.ts';
import { configuredSubscribers } from '../../../scripts/contracts/catalogue/configured-subscribers.ts';
import { readSubscribers } from '../../../scripts/contracts/catalogue/subscriber.ts';
import { contractName } from '../../../scripts/contracts/contract-name.ts';
import { examplePattern } from '../../../scripts/contracts/example-pattern.ts';
import { BROWSER, BrowserTab } from '../../browser.ts';

const subscribers = [
  { rule: 'dunning', owner: 'payments', types: ['invoice.payment_failed'], conditions: ['detail.livemode'] },
  { rule: '<careless>', owner: undefined, types: ['payout.paid'], conditions: [] },
];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contracts-'));
  const stateOf = (domain: string) => (domain === 'climate' ? 'off' : 'on');
  buildContracts(folder, { version: '1.2.3', stage: 'prod', stateOf, subscribers, areAllKnown: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const pageOf = (type: string) => readFileSync(join(folder, 'catalogue/types', `${contractName(type)}.html`), 'utf8');
/** A page's text as a person reads it. */
const textOf = (page: string) =>
  page
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('the pages of the catalogue', () => {
  it('say of each type what it means, what it is about, who gets it and how to subscribe, with an example', () => {
    for (const { type, description, objectKinds } of EVENT_TYPES) {
      const text = textOf(pageOf(type));
      const { id, domain } = longestPrefix(type) ?? { id: '', domain: '' };

      const expected = [
        ...[type, description.replaceAll('`', ''), ...objectKinds],
        ...[`stripe-fanout-prod-${id}`, `stripe-fanout-prod-${domain}-dlq`],
        `events: ['${type}']`,
        '"detail-type"',
        '"publishedAt"',
      ];
      expect([type, expected.filter((words) => !text.includes(words))]).toEqual([type, []]);
    }
  });

  it('have a pattern that can be pasted as it is', () => {
    const [, block = ''] = /<pre tabindex="0"><code>([\s\S]*?)<\/code>/.exec(pageOf('payout.paid')) ?? [];

    expect(JSON.parse(textOf(block))).toEqual(examplePattern('payout.paid'));
  });

  it('name the subscribers of a type, and whether its domain has a handler', () => {
    expect(textOf(pageOf('invoice.payment_failed'))).toContain(
      'payments, by the rule dunning, if it fits in detail.livemode',
    );
    expect(textOf(pageOf('payout.paid'))).toContain('nobody named, by the rule <careless>');
    expect(textOf(pageOf('invoice.paid'))).toMatch(/Subscribers\s*none/);
    expect(textOf(pageOf('climate.order.created'))).toContain('the domain is off');
    expect(textOf(pageOf('issuing_authorization.request'))).toContain('allowUndecided: true');
  });

  it('link only to what is there', () => {
    const pages = globSync('catalogue/**/*.html', { cwd: folder });
    const ids = new Map(pages.map((page) => [page, idsIn(readFileSync(join(folder, page), 'utf8'))]));
    const broken = pages.flatMap((page) =>
      linksIn(readFileSync(join(folder, page), 'utf8')).flatMap((link) => {
        const [path = '', fragment] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(folder, target))) return [`${page}: ${link}`];
        // A search is kept in the fragment, and no place.
        const isPlace = fragment !== undefined && !fragment.includes('=');
        return isPlace && ids.get(target)?.has(fragment) !== true ? [`${page}: ${link}`] : [];
      }),
    );

    expect(broken).toEqual([]);
    expect(pages).toHaveLength(387);
  });

  it('have colours that can be read, by day and by night', () => {
    const css = readFileSync(join(folder, 'catalogue/catalogue.css'), 'utf8');
    const themes = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) => coloursIn(body));

    expect(themes).toHaveLength(2);
    for (const theme of themes) {
      const pairs = ['ink', 'soft', 'accent', 'key', 'text', 'number'].flatMap((ink) =>
        ['paper', 'card'].map((ground) => [ink, ground] as const),
      );
      for (const [ink, ground] of [...pairs, ['ink', 'mark'] as const]) {
        expect([ink, ground, contrast(theme.get(ink), theme.get(ground)) >= 4.5]).toEqual([ink, ground, true]);
      }
    }
  });

  it('work in a real browser: typing finds, the address remembers, a link leads on', async ({ skip }) => {
    if (BROWSER === undefined) {
      const reason = 'There is no Chromium on this machine: apt-get install chromium.';
      // `.ci/run` installs one, and asks for it.
      if (process.env.REQUIRE_BROWSER === 'true') throw new Error(reason);
      return skip(reason);
    }
    await using tab = await BrowserTab.open(BROWSER);
    const visible = () =>
      tab.evaluate(
        `[...document.querySelectorAll('li[data-text] a')].filter((a) => a.checkVisibility()).map((a) => a.textContent)`,
      );
    await tab.goTo(pathToFileURL(join(folder, 'catalogue/index.html')).href);
    expect(await tab.evaluate(`document.getElementById('n').textContent`)).toBe('386 of 386 types');

    await tab.evaluate(`document.getElementById('q').focus()`);
    await tab.type('payout.rec');
    expect(await visible()).toEqual(['payout.reconciliation_completed']);
    expect(await tab.evaluate('location.hash')).toBe('#q=payout.rec');

    await tab.goTo(pathToFileURL(join(folder, 'catalogue/types/payout.failed.html')).href);
    await tab.evaluate(`document.querySelector('nav a[href*="domain"]').click()`);
    await expect.poll(() => tab.evaluate('location.hash')).toBe('#domain=core');
    // The page is empty until it has come, and then shows every type until its script has read the address.
    const shows = (types: unknown, type: string) => Array.isArray(types) && types.includes(type);
    const found = async () => {
      const types = await visible();
      return shows(types, 'payout.failed') && !shows(types, 'invoice.paid');
    };
    await expect.poll(found).toBe(true);
    expect(tab.complaints).toEqual([]);
  });
});

describe('the subscribers of the pages', () => {
  it('are those that the configuration names, where nobody has looked at the bus', () => {
    const settings = settingsOf('prod', {
      subscribers: [
        {
          name: 'dunning',
          account: '222222222222',
          owner: 'payments',
          events: ['refund.*'],
          where: { livemode: true },
        },
      ],
    });

    expect(configuredSubscribers(settings)).toEqual([
      {
        rule: 'stripe-fanout-prod-to-dunning',
        owner: 'payments',
        types: ['refund.created', 'refund.failed', 'refund.updated'],
        conditions: ['detail.livemode', 'replay-name'],
      },
    ]);
  });

  it('are read from what `fanout subscriptions --json` printed, and from nothing else', () => {
    const subscription = { ...subscribers[0], arn: 'arn:…', targets: [] };

    expect(readSubscribers(JSON.stringify({ subscriptions: [subscription] }))).toEqual([subscribers[0]]);
    expect(() => readSubscribers('{"findings":[]}')).toThrow('fanout subscriptions --json');
  });
});

function linksIn(page: string): readonly string[] {
  return Array.from(page.matchAll(/ (?:href|src)="([^"]+)"/g), ([, link = '']) => link).filter(
    (link) => !link.startsWith('data:'),
  );
}

function idsIn(page: string): ReadonlySet<string> {
  return new Set(Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id = '']) => id));
}

function coloursIn(css: string): ReadonlyMap<string, string> {
  return new Map(Array.from(css.matchAll(/--(\w+): (#[0-9a-f]{6});/g), ([, name = '', colour = '']) => [name, colour]));
}

/** Of two colours, as WCAG 2 counts it: 4.5 for text. */
function contrast(one = '#000000', other = '#000000'): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
