import type { PayloadStore } from '#shared/ports/payload-store.ts';

/** Gives the events that were too large for the bus, checked against what their references say of them. */
export type PayloadReader = Pick<PayloadStore, 'get'>;
