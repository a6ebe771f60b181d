import type { AuthorizerEnvironment } from '#shared/environment/authorizer-environment.ts';
import type { DeliveryCheckEnvironment } from '#shared/environment/delivery-check-environment.ts';
import type { DestinationCheckEnvironment } from '#shared/environment/destination-check-environment.ts';
import type { HandlerEnvironment } from '#shared/environment/handler-environment.ts';
import type { IngressEnvironment } from '#shared/environment/ingress-environment.ts';
import type { PartnerIngressEnvironment } from '#shared/environment/partner-ingress-environment.ts';
import type { ReconcilerEnvironment } from '#shared/environment/reconciler-environment.ts';
import type { ResolverEnvironment } from '#shared/environment/resolver-environment.ts';

const DESTINATION = { name: 'account', mode: 'both', payload: 'either', accounts: 'own' };

/**
 * The environment a bundle starts with here: every variable of every function, an endpoint that is this machine's own,
 * and credentials that open nothing.
 */
export function functionEnvironment(endpoint: string): Record<string, string> {
  const functions: IngressEnvironment &
    HandlerEnvironment &
    PartnerIngressEnvironment &
    AuthorizerEnvironment &
    ResolverEnvironment &
    ReconcilerEnvironment &
    DeliveryCheckEnvironment &
    DestinationCheckEnvironment = {
    STAGE: 'bench',
    DOMAIN: 'billing',
    LEDGER_TABLE: 'ledger',
    OBJECTS_TABLE: 'objects',
    BUS_NAME: 'bus',
    PAYLOAD_BUCKET: 'payloads',
    SIGNING_SECRET_ARN: 'secret',
    DESTINATIONS: JSON.stringify([DESTINATION]),
    AUTHORIZATIONS_FROM: JSON.stringify(DESTINATION),
    FALLBACK: 'decline',
    POLICY_MS: '1200',
    STRIPE_CONFIGURATION: JSON.stringify({
      apiVersion: '2026-10-28.endive',
      accounts: {},
      destinations: [DESTINATION],
      domainsOff: [],
    }),
    WEBHOOK_URL: 'https://stripe-fanout.example.com/webhooks/stripe',
    INSTALLATION: 'bus',
    INLINE_LIMIT: '240000',
    QUEUE_URL: `${endpoint}/000000000000/queue`,
    DLQ_URL: `${endpoint}/000000000000/dlq`,
    RETRY_SCHEDULE: '[60,300,900,3600]',
    MAX_RECEIVE_COUNT: '5',
    PROJECTION: '"full"',
    PARTNER_SOURCES: '[]',
    API_KEYS_SECRET_ARN: 'keys',
    STRIPE_API_VERSION: '2026-10-28.endive',
    REQUESTS_PER_SECOND: '2.5',
    REFRESHES_PER_SECOND: '1',
    REFRESH_QUEUE_URL: `${endpoint}/000000000000/refresh`,
    REFRESH_DLQ_URL: `${endpoint}/000000000000/refresh-dlq`,
    FRESHNESS: 'event',
    REQUEST_TIMEOUT_MS: '10000',
    HANDLED_DOMAINS: '[]',
    AUTHORIZERS: '[]',
    QUEUE_OWNERS: '[]',
    ARCHIVE_ARN: 'archive',
  };
  return {
    ...functions,
    PATH: process.env.PATH ?? '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    AWS_EC2_METADATA_DISABLED: 'true',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_METRICS_NAMESPACE: 'StripeFanout',
  };
}
