import type { EventTypeEntry } from '#shared/catalogue/event-type-entry.ts';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { longestPrefix } from '#shared/catalogue/longest-prefix.ts';
import { ENVELOPE_SCHEMA } from '#shared/contracts/envelope-schema.ts';
import { eventSchema } from '#shared/contracts/event-schema.ts';
import { objectSchema } from '#shared/contracts/object-schema.ts';
import { busName, DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { SAMPLE_API_VERSION } from '#shared/samples/sample-event.ts';
import { CATALOGUED_DOMAINS } from './catalogued-domains.ts';
import { contractName } from './contract-name.ts';
import { examplePattern } from './example-pattern.ts';

const PLACES = {
  envelope: '#/components/schemas/StripeEvent',
  object: (kind: string) => `#/components/schemas/object.${kind}`,
};

/**
 * The bus as an AsyncAPI 3 document: one channel per domain on the same bus, one message per event type.
 * @param version of this project
 * @param example an event of a type, as a rule's target gets it
 */
export function asyncApiDocument(version: string, example: (type: string) => object): object {
  const kinds = [...new Set(EVENT_TYPES.flatMap(({ objectKinds }) => objectKinds))];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Stripe events on EventBridge',
      version,
      description: `What stripe-fanout publishes. Objects are described as of Stripe's API version ${SAMPLE_API_VERSION}; Stripe may add types, fields and values at any time.`,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(CATALOGUED_DOMAINS.map(({ name, title }) => [name, channelOf(name, title)])),
    operations: Object.fromEntries(
      CATALOGUED_DOMAINS.map(({ name, title }) => [
        `publish_${name}`,
        { action: 'send', title: `Publish events of ${title}`, channel: { $ref: `#/channels/${name}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(EVENT_TYPES.map((entry) => [contractName(entry.type), messageOf(entry, example)])),
      schemas: {
        StripeEvent: ENVELOPE_SCHEMA,
        ...Object.fromEntries(EVENT_TYPES.map((entry) => [contractName(entry.type), eventSchema(entry, PLACES)])),
        ...Object.fromEntries(kinds.map((kind) => [`object.${kind}`, objectSchema(kind)])),
      },
    },
  };
}

function channelOf(domain: string, title: string): object {
  const types = EVENT_TYPES.filter(({ type }) => longestPrefix(type)?.domain === domain).map(({ type }) => type);
  return {
    address: busName('{stage}'),
    title,
    description: `Events of Stripe's ${title}, on the bus that carries all. A rule selects by source and detail-type.`,
    parameters: { stage: { description: 'The deployment.', default: DEFAULT_STAGE } },
    messages: Object.fromEntries(
      types.map((type) => [contractName(type), { $ref: `#/components/messages/${contractName(type)}` }]),
    ),
  };
}

function messageOf(entry: EventTypeEntry, example: (type: string) => object): object {
  const { type, description } = entry;
  return {
    name: type,
    title: type,
    summary: description,
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${contractName(type)}` },
    tags: [{ name: longestPrefix(type)?.domain ?? 'unrecognized' }],
    examples: [{ name: contractName(type), payload: example(type) }],
    'x-eventbridge-pattern': examplePattern(type),
  };
}
