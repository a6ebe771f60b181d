import { Ajv } from 'ajv';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { eventBridgeEvent } from '#consumer/testing/sample-deliveries.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';
import { buildApp, resourcesOf } from './synthesize.ts';

/** Of EventBridge's schema registry, for one schema; and of CloudFormation, for one template in S3. */
const MAX_CONTENT_CHARACTERS = 100_000;
const MAX_TEMPLATE_BYTES = 1_000_000;
/** Of JSON Schema's draft 4. */
const DRAFT_4 =
  /^(\$schema|\$ref|title|description|type|enum|pattern|minLength|maxLength|minimum|required|properties|additionalProperties|items|allOf|anyOf|not|definitions)$/;

const { contracts } = buildApp({ schemaRegistry: true }, 'prod');
if (contracts === undefined) throw new Error('The stage has no Contracts stack.');
const template = Template.fromStack(contracts);
const schemas = Object.values(resourcesOf(template, 'AWS::EventSchemas::Schema')).map(({ Properties }) => Properties);

/** Every keyword of a schema; below `properties` and `definitions` stand names. */
function* keywords(schema: unknown): Generator<string> {
  if (Array.isArray(schema)) for (const part of schema) yield* keywords(part);
  if (!isRecord(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    yield keyword;
    if (keyword === 'enum') continue;
    const named = (keyword === 'properties' || keyword === 'definitions') && isRecord(value);
    yield* keywords(named ? Object.values(value) : value);
  }
}

describe('the schema registry', () => {
  it('is there only where the configuration asks for it', () => {
    expect(buildApp().contracts).toBeUndefined();
  });

  it('has one schema for each domain, within what a Region, a schema and a template may hold', () => {
    expect(schemas.map(({ SchemaName }) => SchemaName)).toContain('stripe@billing');
    expect(schemas).toHaveLength(22);
    for (const { Content } of schemas) expect(Content.length).toBeLessThan(MAX_CONTENT_CHARACTERS);
    expect(JSON.stringify(template.toJSON()).length).toBeLessThan(MAX_TEMPLATE_BYTES);
    template.hasResourceProperties('AWS::EventSchemas::Registry', { RegistryName: 'stripe-fanout-prod' });
  });

  it('says all in the words of draft 4, which is what the registry takes', () => {
    for (const { Content, Type } of schemas) {
      expect(Type).toBe('JSONSchemaDraft4');
      expect([...keywords(JSON.parse(Content))].filter((keyword) => !DRAFT_4.test(keyword))).toEqual([]);
    }
  });

  it('describes the events that rules deliver', () => {
    const billing = schemas.find(({ SchemaName }) => SchemaName === 'stripe@billing');
    const { $schema: _draft4, ...schema } = JSON.parse(billing?.Content);
    const validate = new Ajv({ strict: false }).compile(schema);

    expect(validate(eventBridgeEvent(sampleFanoutEvent('invoice.paid')))).toBe(true);
    expect(validate(eventBridgeEvent(sampleFanoutEvent('invoice.paid', { object: { object: 'charge' } })))).toBe(false);
  });
});
