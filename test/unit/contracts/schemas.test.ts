import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { asReference } from '#consumer/testing/as-reference.ts';
import { eventBridgeEvent } from '#consumer/testing/sample-deliveries.ts';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { domainSchema } from '#shared/contracts/domain-schema.ts';
import { OBJECT_FIELDS } from '#shared/contracts/object-fields.generated.ts';
import { sampleFanoutEvent } from '#shared/samples/sample-fanout-event.ts';
import { contractSchemas } from '../../../scripts/contracts/contract-schemas.ts';
import { objectFieldsSource } from '../../../scripts/contracts/object-fields-source.ts';

const TYPES = EVENT_TYPES.map(({ type }) => type);
const schemas = contractSchemas();
const ajv = new Ajv({ strict: false, inlineRefs: false });
for (const [path, schema] of schemas) if (path !== 'index.json') ajv.addSchema(schema, path);
const files = new Map(Object.entries(schemas.get('index.json') ?? {}));

function validatorOf(type: string): ValidateFunction {
  const validate = ajv.getSchema(String(files.get(type)));
  if (validate === undefined) throw new Error(`There is no schema of ${type}.`);
  return validate;
}

const domains = new Map<string, ValidateFunction>(
  DOMAINS.map(({ name }) => [
    name,
    new Ajv({ strict: false, inlineRefs: false }).compile({ ...domainSchema(name), $schema: undefined }),
  ]),
);
/** Why an event does not fit the schema of its type and of its domain; empty when it does. */
function faults(event: object, type: string): string {
  const own = validatorOf(type);
  const domain = domains.get(longestPrefix(type)?.domain ?? '');
  const wrong = [own, domain].flatMap((validate) => (validate?.(event) ? [] : [ajv.errorsText(validate?.errors)]));
  return wrong.join('\n');
}

describe('the schemas', () => {
  it('are one for each of the 386 types', () => {
    expect([...files.keys()]).toEqual(TYPES);
    expect(new Set(files.values()).size).toBe(386);
  });

  it('accept the event of every type, in its own schema and that of its domain', () => {
    for (const type of TYPES)
      expect([type, faults(eventBridgeEvent(sampleFanoutEvent(type)), type)]).toEqual([type, '']);
  });

  it('accept what stands in for a large event, and an event whose object Stripe no longer knew', () => {
    for (const type of TYPES) {
      const { event } = asReference(sampleFanoutEvent(type));
      const gone = { ...sampleFanoutEvent(type), data: { object: { id: 'x_1', object: 'gone' } } };
      const missing = { ...gone, fanout: { ...gone.fanout, missing: true as const } };

      expect([type, faults(eventBridgeEvent(event), type)]).toEqual([type, '']);
      expect([type, faults(eventBridgeEvent(missing), type)]).toEqual([type, '']);
    }
  });

  it('accept fields, values and types that Stripe adds', () => {
    const event = sampleFanoutEvent('invoice.paid', { object: { status: 'pondered', new_field: [1] } });
    const newer = { ...event, type: 'invoice.pondered' };

    expect(faults(eventBridgeEvent(event), 'invoice.paid')).toBe('');
    expect(domains.get('billing')?.(eventBridgeEvent(newer))).toBe(true);
  });

  it.each([
    ['a field of another kind', { object: { amount_paid: '5' } }],
    ['another kind of object', { object: { object: 'charge' } }],
    ['no fanout that says how it came', { fanout: { payload: 'unheard-of' } }],
    ['a time that is none', { fanout: { publishedAt: 'yesterday' } }],
  ])('refuse %s', (_what, wrong) => {
    expect(faults(eventBridgeEvent(sampleFanoutEvent('invoice.paid', wrong)), 'invoice.paid').split('\n')).toHaveLength(
      2,
    );
  });

  it('refuse an object without a field that is always there, and one without an id', () => {
    for (const field of ['status', 'id']) {
      const event = eventBridgeEvent(sampleFanoutEvent('invoice.paid'));
      Reflect.deleteProperty(event.detail.data.object, field);

      expect([field, faults(event, 'invoice.paid')]).not.toEqual([field, '']);
    }
  });

  it('refuse an event of another type', () => {
    expect(validatorOf('invoice.paid')(eventBridgeEvent(sampleFanoutEvent('invoice.voided')))).toBe(false);
  });

  it('name files that every system takes', () => {
    expect([...schemas.keys()].filter((path) => !/^(objects\/)?[\w.-]+\.json$/.test(path))).toEqual([]);
  });
});

describe('the fields of the objects', () => {
  it('are those that the installed stripe package declares', () => {
    const written = readFileSync('shared/contracts/object-fields.generated.ts', 'utf8');

    // If not: node scripts/generate-object-fields.ts
    expect(written).toBe(objectFieldsSource());
  });

  it('are known for every kind of object that an event is about', () => {
    const kinds = new Set(EVENT_TYPES.flatMap(({ objectKinds }) => objectKinds));

    expect([...kinds].filter((kind) => Object.keys(OBJECT_FIELDS[kind] ?? {}).length < 2)).toEqual([]);
    expect(OBJECT_FIELDS.invoice?.customer).toEqual({ types: ['null', 'object', 'string'], required: true });
    expect(OBJECT_FIELDS.invoice?.status?.values).toContain('uncollectible');
  });
});
