import { isRecord } from '../event/stripe-event.ts';

/** A destination as Stripe has it, whichever of its APIs made it. */
export interface FoundDestination {
  /** `ed_…`, or `we_…` for an endpoint of API v1. */
  readonly id: string;
  readonly api: 'v2' | 'v1';
  readonly kind: 'webhook_endpoint' | 'amazon_eventbridge' | 'other';
  /** What a person called it. */
  readonly name: string;
  readonly url?: string;
  readonly payload: 'snapshot' | 'thin';
  /** `other`: of an organization, or of both kinds at once. */
  readonly accounts: 'own' | 'connected' | 'other';
  readonly enabledEvents: readonly string[];
  readonly apiVersion?: string;
  readonly isEnabled: boolean;
  /** Why it is not, in Stripe's word: `user`, `no_aws_event_source_exists`. */
  readonly disabledReason?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Unix milliseconds. */
  readonly created: number;
  /** Of an EventBridge destination: the partner event source in AWS, and what Stripe knows of its state. */
  readonly eventSource?: { readonly awsAccount: string; readonly arn: string; readonly status: string };
}

/** Reads a `v2.core.event_destination`. @returns `undefined` for anything else */
export function readEventDestination(value: unknown): FoundDestination | undefined {
  if (!isRecord(value) || value.object !== 'v2.core.event_destination' || typeof value.id !== 'string')
    return undefined;
  const [endpoint, bridge, details] = [value.webhook_endpoint, value.amazon_eventbridge, value.status_details];
  const disabled = isRecord(details) && isRecord(details.disabled) ? text(details.disabled.reason) : undefined;
  return {
    id: value.id,
    api: 'v2',
    kind: value.type === 'webhook_endpoint' || value.type === 'amazon_eventbridge' ? value.type : 'other',
    name: text(value.name) ?? '',
    ...(isRecord(endpoint) && typeof endpoint.url === 'string' && { url: endpoint.url }),
    payload: value.event_payload === 'thin' ? 'thin' : 'snapshot',
    accounts: accountsOf(texts(value.events_from)),
    enabledEvents: texts(value.enabled_events),
    ...(typeof value.snapshot_api_version === 'string' && { apiVersion: value.snapshot_api_version }),
    isEnabled: value.status === 'enabled',
    ...(disabled !== undefined && { disabledReason: disabled }),
    metadata: textMap(value.metadata),
    created: Date.parse(text(value.created) ?? '') || 0,
    ...(isRecord(bridge) && {
      eventSource: {
        awsAccount: text(bridge.aws_account_id) ?? '',
        arn: text(bridge.aws_event_source_arn) ?? '',
        status: text(bridge.aws_event_source_status) ?? '',
      },
    }),
  };
}

/** Reads a `webhook_endpoint` of API v1; those for connected accounts name the platform's application. */
export function readWebhookEndpoint(value: unknown): FoundDestination | undefined {
  if (!isRecord(value) || value.object !== 'webhook_endpoint' || typeof value.id !== 'string') return undefined;
  return {
    id: value.id,
    api: 'v1',
    kind: 'webhook_endpoint',
    name: text(value.description) ?? '',
    ...(typeof value.url === 'string' && { url: value.url }),
    payload: 'snapshot',
    accounts: typeof value.application === 'string' ? 'connected' : 'own',
    enabledEvents: texts(value.enabled_events),
    ...(typeof value.api_version === 'string' && { apiVersion: value.api_version }),
    isEnabled: value.status === 'enabled',
    metadata: textMap(value.metadata),
    created: typeof value.created === 'number' ? value.created * 1000 : 0,
  };
}

/** The default of `events_from` is the own account; older answers write the scopes without their sign. */
function accountsOf(from: readonly string[]): FoundDestination['accounts'] {
  const [scope = '@self', ...more] = from;
  if (more.length > 0) return 'other';
  if (scope === '@self' || scope === 'self') return 'own';
  return scope === '@accounts' || scope === 'other_accounts' ? 'connected' : 'other';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function textMap(value: unknown): Readonly<Record<string, string>> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)])) : {};
}
