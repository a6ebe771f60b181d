/** The event by which Stripe tests the way to a destination, whatever types that asks for. It comes when it is asked for. */
export const PING_TYPE = 'v2.core.event_destination.ping';
