import { PARTNER_SOURCE_PREFIX, type PartnerSource } from '#shared/environment/partner-source.ts';

/** A Stripe destination of the kind Amazon EventBridge, as `infra/config.ts` declares it. */
export interface PartnerEventSource extends Pick<PartnerSource, 'source'> {
  /**
   * Name in metrics and in `fanout.destination`, among those of all destinations: 1 to 32 lower-case letters, digits
   * and dashes.
   * @default the destination's id: `ed_…`
   */
  readonly name?: string;
  /** @default 'either' */
  readonly payload?: PartnerSource['payload'];
  /** @default 'either' */
  readonly accounts?: PartnerSource['accounts'];
}

/** Fills in the defaults. The mode is in the id: Stripe's are `ed_test_…` in test mode. */
export function partnerSourceOf(declared: string | PartnerEventSource): PartnerSource {
  const {
    source,
    name,
    payload = 'either',
    accounts = 'either',
  } = typeof declared === 'string' ? { source: declared } : declared;
  const id = source.slice(PARTNER_SOURCE_PREFIX.length);
  return { source, name: name ?? id, mode: id.startsWith('ed_test_') ? 'test' : 'live', payload, accounts };
}
