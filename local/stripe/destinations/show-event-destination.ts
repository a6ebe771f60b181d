import type { LocalDestination } from './local-destination.ts';

/**
 * A destination as API v2 answers it.
 * @param include what the request asks for beside the usual
 * @param secret told to who creates a destination and asks for it, and never again
 */
export function showEventDestination(
  { changeable, eventSource, ...fixed }: LocalDestination,
  include: readonly string[],
  secret: string | null = null,
): Readonly<Record<string, unknown>> {
  const endpoint = {
    signing_secret: secret,
    url: include.includes('webhook_endpoint.url') ? changeable.url : null,
  };
  const bridge = eventSource && {
    aws_account_id: eventSource.awsAccountId,
    aws_event_source_arn: eventSource.arn,
    aws_event_source_status: 'pending',
  };
  return {
    id: fixed.id,
    object: 'v2.core.event_destination',
    created: new Date(fixed.createdMs).toISOString(),
    description: changeable.description,
    enabled_events: changeable.enabledEvents,
    event_payload: fixed.payload,
    events_from: fixed.eventsFrom,
    livemode: fixed.livemode,
    metadata: changeable.metadata,
    name: changeable.name,
    snapshot_api_version: fixed.apiVersion ?? null,
    status: changeable.status,
    status_details: changeable.status === 'disabled' ? { disabled: { reason: 'user' } } : null,
    type: fixed.type,
    updated: new Date(changeable.updatedMs).toISOString(),
    webhook_endpoint: fixed.type === 'webhook_endpoint' ? endpoint : null,
    amazon_eventbridge: bridge ?? null,
  };
}
