import { ISO_CREATED } from '../../sample-ids.ts';

/** Objects of the remaining parts of API v2. */
export const V2_OTHER_SAMPLES = {
  'v2.commerce.product_catalog_import': {
    id: 'pcimprt_test_61SfExampleImport001',
    object: 'v2.commerce.product_catalog_import',
    created: ISO_CREATED,
    feed_type: 'product',
    livemode: false,
    metadata: { feed: 'spring' },
    mode: 'upsert',
    status: 'succeeded',
    // Counts of API v2 are 64-bit integers and so, in JSON, text.
    status_details: { succeeded: { success_count: '120' } },
  },
  'v2.core.event_destination': {
    id: 'ed_test_61SfExampleDestination01',
    object: 'v2.core.event_destination',
    created: ISO_CREATED,
    description: 'Thin events for the pipeline',
    enabled_events: ['v1.invoice.paid', 'v2.core.account.updated'],
    event_payload: 'thin',
    events_from: ['@self'],
    livemode: false,
    metadata: {},
    name: 'stripe-fanout',
    status: 'enabled',
    type: 'webhook_endpoint',
    updated: ISO_CREATED,
    webhook_endpoint: { url: 'https://hooks.example.com/webhooks/stripe/thin' },
  },
} as const;
