import { describe, expect, it } from 'vitest';
import type { BusEvent } from '#local/events/bus-event.ts';
import { readTargetInput } from '#local/events/target-input.ts';
import { JsonReader } from '#local/json-reader.ts';

const DETAIL = { id: 'evt_1', amount: 12345678901, name: 'Ann "the" B\\', tags: ['a', 'b'], gone: null };
const EVENT: BusEvent = {
  id: 'bus-1',
  time: new Date('2026-11-24T10:00:00Z'),
  source: 'stripe',
  detailType: 'invoice.paid',
  json: JSON.stringify({ id: 'bus-1', source: 'stripe', 'detail-type': 'invoice.paid', detail: DETAIL }),
};
const RULE = { name: 'dunning', arn: 'arn:aws:events:us-east-1:1:rule/bus/dunning' };

const inputOf = (target: object) =>
  readTargetInput(new JsonReader(target, (message) => new Error(message)))?.(EVENT, RULE);
const transformed = (InputTemplate: string, InputPathsMap: object = {}) =>
  inputOf({ InputTransformer: { InputTemplate, InputPathsMap } });

describe('what a target gets in place of the event', () => {
  it('is nothing else where the rule does not say so', () => {
    expect(inputOf({ Arn: 'x' })).toBeUndefined();
  });

  it('is a text of the rule, or what stands at a path', () => {
    expect(inputOf({ Input: '{"a":1}' })).toBe('{"a":1}');
    expect(inputOf({ InputPath: '$.detail.tags[1]' })).toBe('"b"');
    expect(inputOf({ InputPath: '$.detail' })).toBe(JSON.stringify(DETAIL));
  });

  it('has values as JSON where a variable stands alone, and as text within a string', () => {
    const paths = {
      id: '$.detail.id',
      amount: '$.detail.amount',
      name: '$.detail.name',
      tags: '$.detail.tags',
      type: "$['detail-type']",
    };
    const made = transformed(
      '{"id":<id>,"amount":<amount>,"tags":<tags>,"note":"<type> of <name>, \\"<id>\\": <tags>"}',
      paths,
    );

    expect(JSON.parse(made ?? '')).toEqual({
      id: 'evt_1',
      amount: 12345678901,
      tags: ['a', 'b'],
      note: 'invoice.paid of Ann "the" B\\, "evt_1": ["a","b"]',
    });
  });

  it('has null, or nothing in a string, for what the event lacks', () => {
    const made = transformed('{"a":<none>,"b":"<none>","c":<gone>}', {
      none: '$.detail.none.at.all',
      gone: '$.detail.gone',
    });

    expect(JSON.parse(made ?? '')).toEqual({ a: null, b: '', c: null });
  });

  it('knows the variables that EventBridge reserves, and leaves alone what is none', () => {
    const made = transformed(
      '{"rule":"<aws.events.rule-name>","arn":<aws.events.rule-arn>,"at":<aws.events.event.ingestion-time>,"all":<aws.events.event.json>,"head":<aws.events.event>,"x":"<unknown>"}',
    );

    expect(JSON.parse(made ?? '')).toEqual({
      rule: 'dunning',
      arn: RULE.arn,
      at: '2026-11-24T10:00:00.000Z',
      all: JSON.parse(EVENT.json),
      head: { id: 'bus-1', source: 'stripe', 'detail-type': 'invoice.paid' },
      x: '<unknown>',
    });
  });

  it.each(['detail.id', '$.detail[*]', '$.detail.tags[?(@.a)]', '$..id'])(
    'refuses a path it cannot follow: %s',
    (InputPath) => {
      expect(() => inputOf({ InputPath })).toThrow(RangeError);
    },
  );
});
