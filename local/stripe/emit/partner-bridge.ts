import type { PartnerSource } from '#shared/environment/partner-source.ts';
import type { TryResult } from './post-event.ts';

/** The way from Stripe to the partner event buses of the account. */
export interface PartnerBridge {
  /** The sources that the stage declares. */
  readonly sources: readonly PartnerSource[];
  /**
   * Puts an event on the bus that is matched with a source.
   * @throws {AwsError} there is none, or EventBridge does not take it
   */
  put(source: string, detail: string): Promise<void>;
}

/**
 * A partner event bus as a recipient: EventBridge answers for it. Whether Stripe tries again what EventBridge does not
 * take is not published; here it does not.
 */
export function bridgeRecipient(name: string, source: string, bridge: PartnerBridge) {
  return {
    name,
    isTriedOnce: true,
    async attempt(body: string): Promise<TryResult> {
      try {
        await bridge.put(source, body);
        return { status: 200, outcome: 'accepted' };
      } catch (thrown) {
        return { status: undefined, reason: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}
