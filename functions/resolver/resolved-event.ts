import { canonicalType } from '#shared/catalogue/canonical-type.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { accountOf, createdMs, isRecord, type SnapshotEvent, type ThinEvent } from '#shared/event/stripe-event.ts';
import type { EventText } from '#shared/publishing/publish.ts';
import type { Parts } from './fetch-parts.ts';
import type { Notification } from './read-notification.ts';

/**
 * The uniform event: what a snapshot of the same change looks like, its object in the bytes that Stripe answered.
 * @param id Stripe's id of the notification, or of the snapshot event that it is the twin of
 */
export function resolvedEvent(
  { event, members }: Notification,
  parts: Pick<Parts, 'text' | 'fetched' | 'apiVersion'>,
  id: string,
  account: string | undefined,
): EventText & { readonly event: SnapshotEvent } {
  const before = {
    id,
    object: 'event',
    ...(account !== undefined && { account }),
    api_version: parts.apiVersion ?? null,
    ...(event.context && { context: event.context }),
    created: Math.floor(createdMs(event) / 1000),
  } as const;
  const after = {
    livemode: event.livemode,
    pending_webhooks: 0,
    request: requestOf(event),
    type: canonicalType(event.type),
  } as const;
  const object: unknown = JSON.parse(parts.text);
  return {
    text: `${JSON.stringify(before).slice(0, -1)},"data":{"object":${parts.text}},${JSON.stringify(after).slice(1)}`,
    event: { ...before, data: { object: isRecord(object) ? object : {} }, ...after },
    notification: textOf(new Map([...members, ...parts.fetched])),
  };
}

/**
 * Whose event it is. Notifications have no `account`: it is the last of the context, or the related object where that is
 * an account. An own account's event about itself has none, as a snapshot has none.
 */
export function accountBehind(event: ThinEvent, destination: Destination | undefined): string | undefined {
  const account = accountOf(event);
  const { type, id } = event.related_object ?? { type: '' };
  if (account !== undefined) return account;
  if (type === 'v2.core.account') return id;
  return type === 'account' && destination?.accounts !== 'own' ? id : undefined;
}

/** What a snapshot says of the API request that caused it. */
function requestOf({ reason }: ThinEvent): NonNullable<SnapshotEvent['request']> | null {
  const request = isRecord(reason) && isRecord(reason.request) ? reason.request : undefined;
  if (request === undefined) return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { id: text(request.id), idempotency_key: text(request.idempotency_key) };
}

function textOf(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}
