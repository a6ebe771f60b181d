import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { eventBridgeEvent } from '#consumer/testing/sample-deliveries.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { matchesPattern } from '#shared/patterns/matches-pattern.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';
import { asyncApiDocument } from '../../../scripts/contracts/asyncapi-document.ts';

const require = createRequire(import.meta.url);
const example = (type: string) => eventBridgeEvent(sampleFanoutEvent(type));
const document = JSON.parse(JSON.stringify(asyncApiDocument('1.2.3', example)));

/** Every `$ref` within. */
function* references(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* references(item);
  if (!isRecord(value)) return;
  if (typeof value.$ref === 'string') yield value.$ref;
  for (const item of Object.values(value)) yield* references(item);
}

function find(pointer: string): unknown {
  return pointer
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), document);
}

describe('the AsyncAPI document', () => {
  it("fits the AsyncAPI Initiative's own schema of version 3.0.0", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0.json'));

    validate(document);

    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...document, channels: { billing: { address: 5 } } })).toBe(false);
  });

  it('refers to nothing that is not in it', () => {
    const all = [...new Set(references(document))];

    expect(all.filter((pointer) => find(pointer) === undefined)).toEqual([]);
    expect(all.length).toBeGreaterThan(386 * 2);
  });

  it('has a message for each of the 386 types in the channel of its domain, with an example that its pattern matches', () => {
    const inChannels = Object.values(document.channels).flatMap((channel) =>
      isRecord(channel) && isRecord(channel.messages) ? Object.keys(channel.messages) : [],
    );
    const messages = Object.values<Record<string, unknown>>(document.components.messages);

    expect(inChannels.toSorted()).toEqual(Object.keys(document.components.messages).toSorted());
    expect(messages.map(({ name }) => name)).toEqual(EVENT_TYPES.map(({ type }) => type));
    for (const { examples, 'x-eventbridge-pattern': pattern } of messages) {
      expect(Array.isArray(examples) && matchesPattern(pattern, examples[0].payload)).toBe(true);
    }
  });
});
