/** Environment variables of the delivery check: set by infra/, read by `functions/delivery-check/lambda.ts` only. */
export interface DeliveryCheckEnvironment {
  readonly STAGE: string;
  /** JSON: names of the destinations. */
  readonly DESTINATIONS: string;
  /** JSON: name of the endpoint of the synchronous lane; none where there is no such lane. */
  readonly AUTHORIZERS: string;
  /** JSON: name and source of each partner event source. */
  readonly PARTNER_SOURCES: string;
  /** JSON: the domains whose events are handled, `unrecognized` among them. */
  readonly HANDLED_DOMAINS: string;
  /** JSON: what every queue is named after. */
  readonly QUEUE_OWNERS: string;
  /** The bus's archive: what was replayed from it is repaired. */
  readonly ARCHIVE_ARN: string;
}

export const DELIVERY_CHECK_VARIABLES = [
  'STAGE',
  'DESTINATIONS',
  'AUTHORIZERS',
  'PARTNER_SOURCES',
  'HANDLED_DOMAINS',
  'QUEUE_OWNERS',
  'ARCHIVE_ARN',
] as const satisfies readonly (keyof DeliveryCheckEnvironment)[];
