import { REFUSED_TYPE, STRIPE_SOURCE } from '../event/bus-entry.ts';
import type { JsonSchema } from './json-schema.ts';

const TEXT: JsonSchema = { type: 'string' };
const TIME: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' };
const OPEN: JsonSchema = { type: 'object' };
const NULLABLE_TEXT: JsonSchema = { type: ['string', 'null'] };

const REFERENCE: JsonSchema = {
  description: 'Where the event is in S3, of which this entry has only what patterns look at.',
  type: 'object',
  required: ['bucket', 'key', 'bytes', 'sha256', 'payload'],
  properties: {
    bucket: TEXT,
    key: TEXT,
    bytes: { type: 'integer', minimum: 0 },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    payload: { enum: ['snapshot', 'thin', 'resolved'] },
  },
};

const FANOUT: JsonSchema = {
  description: 'What the pipeline adds to the event: how it came.',
  type: 'object',
  required: ['version', 'payload', 'via', 'destination', 'publishedAt', 'receivedAt'],
  properties: {
    version: { enum: [1] },
    payload: { description: 'What the detail holds.', enum: ['snapshot', 'resolved', 'reference'] },
    via: { enum: ['webhook', 'partner', 'reconcile'] },
    destination: { description: 'The configured destination that received it.', type: 'string' },
    publishedAt: TIME,
    receivedAt: TIME,
    resolvedAt: { description: 'When the object was fetched, if payload is resolved.', ...TIME },
    notification: { description: 'The thin event as Stripe sent it, if payload is resolved.', ...OPEN },
    missing: { description: 'Stripe no longer knows the object: data.object has its id and kind only.', enum: [true] },
    reference: REFERENCE,
    refused: { description: 'Why the bus would not take the event, and its type.', ...OPEN },
  },
};

const DETAIL: JsonSchema = {
  description: "Stripe's event, in Stripe's own bytes, and fanout.",
  type: 'object',
  required: ['id', 'object', 'type', 'created', 'livemode', 'fanout'],
  // What the bus itself would not take is announced without its data.
  anyOf: [{ required: ['data'] }, { properties: { type: { enum: [REFUSED_TYPE] } } }],
  properties: {
    id: { type: 'string', pattern: '^evt_' },
    object: { enum: ['event'] },
    type: { description: 'The same as detail-type.', type: 'string', maxLength: 128 },
    created: { description: 'Unix seconds, by Stripe.', type: 'integer' },
    livemode: { type: 'boolean' },
    api_version: NULLABLE_TEXT,
    account: { description: 'The connected account; absent for the own one.', type: 'string', pattern: '^acct_' },
    context: NULLABLE_TEXT,
    data: {
      type: 'object',
      required: ['object'],
      properties: { object: OPEN, previous_attributes: { type: ['object', 'null'] } },
    },
    pending_webhooks: { type: 'integer', minimum: 0 },
    request: { type: ['object', 'null'] },
    fanout: FANOUT,
  },
};

/** What holds of every event that subscribers get from the bus, whatever its type: EventBridge's envelope and detail. */
export const ENVELOPE_SCHEMA: JsonSchema = {
  title: 'StripeEvent',
  description: 'An event on the bus. Stripe may add fields and types at any time: what is not named here is allowed.',
  type: 'object',
  required: ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'],
  properties: {
    version: { enum: ['0'] },
    id: TEXT,
    'detail-type': { description: 'The event type, without the v1. of thin types.', type: 'string', maxLength: 128 },
    source: { enum: [STRIPE_SOURCE] },
    account: { description: 'The AWS account of the pipeline.', type: 'string' },
    time: { description: 'When it was published.', ...TIME },
    region: TEXT,
    resources: { type: 'array', items: TEXT },
    'replay-name': { description: 'The archive replay that delivers it again; otherwise absent.', type: 'string' },
    detail: DETAIL,
  },
};
