import type { Inventory } from './inventory.ts';
import type { Workload } from './workload.ts';

/** Bytes that CloudWatch Logs adds to each line. */
const LINE_OVERHEAD = 26;

interface Logged {
  readonly bytes: number;
  readonly lines: number;
}

/**
 * What each function logs of one event in a full batch, metrics included. Measured on the embedded runtime, but for the
 * line of the API.
 */
const OF_EVENT = {
  api: { bytes: 260, lines: 1 },
  ingress: { bytes: 615, lines: 2 },
  authorizer: { bytes: 1_080, lines: 3 },
  partnerIngress: { bytes: 325, lines: 1.1 },
  /** With a reaction that logs a line. */
  handler: { bytes: 635, lines: 2.1 },
  resolver: { bytes: 290, lines: 1.1 },
  /** The resolver's answer to a request for a present state, and the handler's line about it. */
  refresh: { bytes: 665, lines: 2.3 },
} as const satisfies Record<string, Logged>;

/** Of a scheduled function that finds nothing to do. Measured there too. */
const OF_RUN: Logged = { bytes: 600, lines: 2 };

/** KB that all functions and the API log of one event, by how often each sees it. */
export function loggedOfEvent(
  { refreshing }: Pick<Inventory, 'refreshing'>,
  { thinShare, authorizations }: Workload,
  { requests, overPartnerBus }: { readonly requests: number; readonly overPartnerBus: number },
): number {
  return (
    (requests + authorizations) * kbOf(OF_EVENT.api) +
    requests * kbOf(OF_EVENT.ingress) +
    authorizations * kbOf(OF_EVENT.authorizer) +
    overPartnerBus * kbOf(OF_EVENT.partnerIngress) +
    thinShare * kbOf(OF_EVENT.resolver) +
    refreshing * kbOf(OF_EVENT.refresh) +
    kbOf(OF_EVENT.handler)
  );
}

/** KB that scheduled functions log in so many runs. */
export function loggedOfRuns(runs: number): number {
  return runs * kbOf(OF_RUN);
}

function kbOf({ bytes, lines }: Logged): number {
  return (bytes + lines * LINE_OVERHEAD) / 1_000;
}
