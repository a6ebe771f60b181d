import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { matchCommand } from '#cli/commands/match.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { context } from './context.ts';

/** Runs the command on a file that holds this text, or this value as JSON. */
async function match(pattern: unknown) {
  const file = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  const args = { positionals: [], values: { pattern: 'rule.json' } };
  return await matchCommand.run(args, { ...context, readFile: async () => file });
}

describe('fanout match', () => {
  it('lists the types with their domains, and what else decides', async () => {
    const { exitCode, data, text } = await match({
      source: ['stripe'],
      'detail-type': [{ prefix: 'refund.' }],
      detail: { livemode: [true] },
    });

    expect(data).toEqual({
      types: ['refund.created', 'refund.failed', 'refund.updated'].map((type) => ({ type, domain: 'core' })),
      notifications: [],
      conditions: ['detail.livemode'],
      notes: [],
    });
    expect(text).toContain('3 known types');
    expect(exitCode).toBe(0);
  });

  it.each([
    [{ source: ['stripe'], 'detail-type': ['invoice.payd'] }, 'Did you mean invoice.paid?'],
    [{ source: ['stripe'], 'detail-type': ['v1.invoice.paid'] }, 'On the bus v1.invoice.paid is called invoice.paid.'],
    [{ source: ['stripe'], 'detail-type': [{ prefix: 'invoices.' }] }, 'No known type starts with "invoices."'],
    [{ source: ['stripe'], detailType: ['invoice.paid'] }, 'Did you mean detail-type?'],
    [{ source: ['stripe'], detail: { livemod: [true], type: ['invoice.paid'] } }, 'Did you mean livemode?'],
    [{ 'detail-type': ['v2.core.account.closed'] }, 'before they are resolved: add "source": ["stripe"]'],
    [{ source: ['stripe'], 'detail-type': ['issuing_authorization.request'] }, 'only to destinations that list'],
    [
      {
        source: ['stripe'],
        'detail-type': ['invoice.paid'],
        detail: { data: { object: { lines: { has_more: [true] } } } },
      },
      'detail.data.object.lines.has_more cannot match there',
    ],
    [
      { source: ['stripe'], 'detail-type': ['invoice.paid'], detail: { data: { object: { stauts: ['paid'] } } } },
      'No sample of these types has detail.data.object.stauts',
    ],
  ])('of %j says: %s', async (pattern, note) => {
    const { data } = await match(pattern);

    expect(isRecord(data) && data.notes).toEqual([expect.stringContaining(note)]);
  });

  it('has nothing to say about fields that Stripe has', async () => {
    const { data } = await match({
      source: ['stripe'],
      'detail-type': ['invoice.paid'],
      detail: {
        account: ['acct_1'],
        data: { object: { collection_method: ['charge_automatically'], metadata: { plan: ['pro'] } } },
      },
    });

    expect(data).toMatchObject({ notes: [] });
  });

  it('exits with 1 when it matches nothing', async () => {
    expect((await match({ source: ['aws.ec2'] })).exitCode).toBe(1);
  });

  it.each([
    ['{"source": ["stripe"}', 'not_json', 'position'],
    [{ source: 'stripe' }, 'invalid_pattern', '$.source: a field holds a list of values, such as ["paid"]'],
    [{ 'detail-type': [{ prefx: 'invoice.' }] }, 'invalid_pattern', '$["detail-type"][0]'],
    [{ 'detail-type': Array(100).fill('customer.subscription.created') }, 'pattern_too_long', '2048'],
  ])('explains what is wrong with %j', async (pattern, code, words) => {
    const { exitCode, data, text } = await match(pattern);

    expect(data).toMatchObject({ error: { code } });
    expect(text).toContain(words);
    expect(exitCode).toBe(1);
  });

  it('reads standard input for -', async () => {
    const child = spawn(process.execPath, ['cli/fanout.ts', 'match', '--pattern', '-', '--json']);
    child.stdin.end('{"source":["stripe"],"detail-type":["payout.paid"]}');

    expect(JSON.parse(await text(child.stdout)).types).toEqual([{ type: 'payout.paid', domain: 'core' }]);
  });

  it.each([[{ values: {}, positionals: [] }], [{ values: { pattern: 'a' }, positionals: ['b'] }]])(
    'refuses %j',
    async (args) => {
      await expect(async () => matchCommand.run(args, context)).rejects.toThrow('--pattern FILE');
    },
  );
});
