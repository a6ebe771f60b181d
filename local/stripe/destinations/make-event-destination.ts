import { randomBytes } from 'node:crypto';
import { SAMPLE_API_VERSION } from '#shared/samples/sample-event.ts';
import { REGION } from '../../assembly/account.ts';
import type { JsonReader } from '../../json-reader.ts';
import { ApiError } from '../api/api-error.ts';
import { checkTypes } from './check-types.ts';
import { checkUrl } from './check-url.ts';
import type { LocalDestination } from './local-destination.ts';

const SCOPES = ['@self', '@accounts'];

/**
 * What `POST /v2/core/event_destinations` makes.
 * @param now Unix milliseconds
 * @throws {ApiError} naming the parameter that is wrong
 */
export function makeEventDestination(input: JsonReader, livemode: boolean, now: number): LocalDestination {
  const payload = choice(input, 'event_payload', ['snapshot', 'thin'] as const);
  const type = choice(input, 'type', ['webhook_endpoint', 'amazon_eventbridge'] as const);
  const enabledEvents = input.strings('enabled_events');
  checkTypes(enabledEvents, payload);
  const version = input.optionalString('snapshot_api_version');
  if (payload === 'thin' && version !== undefined) {
    throw new ApiError(400, 'Thin events have no API version.', { param: 'snapshot_api_version' });
  }
  const eventsFrom = input.value.events_from === undefined ? ['@self'] : input.strings('events_from');
  if (eventsFrom.some((from) => !SCOPES.includes(from))) {
    throw new ApiError(400, `events_from must be of ${SCOPES.join(', ')}.`, { param: 'events_from' });
  }
  const url = type === 'webhook_endpoint' ? input.object('webhook_endpoint').string('url') : '';
  if (type === 'webhook_endpoint') checkUrl(url, livemode);
  const id = `ed_${livemode ? '' : 'test_'}61${randomBytes(16).toString('hex')}`;
  return {
    id,
    livemode,
    api: 'v2',
    type,
    payload,
    eventsFrom,
    apiVersion: payload === 'snapshot' ? (version ?? SAMPLE_API_VERSION) : undefined,
    secret: `whsec_${randomBytes(24).toString('base64url')}`,
    createdMs: now,
    ...(type === 'amazon_eventbridge' && { eventSource: eventSource(input.object('amazon_eventbridge'), id) }),
    changeable: {
      name: input.string('name'),
      description: input.optionalString('description') ?? '',
      url,
      enabledEvents,
      metadata: Object.fromEntries(input.stringMap('metadata')),
      status: 'enabled',
      updatedMs: now,
    },
  };
}

function eventSource(input: JsonReader, id: string) {
  const region = input.optionalString('aws_region') ?? REGION;
  return {
    awsAccountId: input.string('aws_account_id'),
    arn: `arn:aws:events:${region}::event-source/aws.partner/stripe.com/${id}`,
  };
}

function choice<Name extends string>(input: JsonReader, param: string, names: readonly Name[]): Name {
  const given = input.string(param);
  const found = names.find((name) => name === given);
  if (found) return found;
  throw new ApiError(400, `${param} must be one of ${names.join(', ')}.`, { param });
}
