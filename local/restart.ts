import type { FunctionDefinition } from './lambda/function-definition.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';
import type { Pollers } from './lambda/pollers.ts';
import type { LateServer } from './late-server.ts';

/** What runs code, and what code is reached through: all that a restart ends and begins again. */
export interface Compute {
  readonly host: LambdaHost;
  readonly pollers: Pollers;
  /** The HTTP API and the AWS endpoint. */
  readonly servers: readonly LateServer[];
  /** Functions that are warm before requests are answered. */
  readonly routed: ReadonlySet<FunctionDefinition>;
}

/** Warms the functions that answer requests: a cold ingress would miss the time a wrong request may take. */
export async function warmUp({ host, routed }: Pick<Compute, 'host' | 'routed'>): Promise<void> {
  for (const definition of routed) host.pool.release(await host.pool.acquire(definition));
}

/**
 * Ends every invocation, poll and connection where it stands, as when the machines under them are lost, and starts
 * again. What AWS keeps outlives it: tables, buckets, queues with their hidden messages, the bus with its retries and
 * archive, secrets, and which mappings are switched off.
 */
export async function restart(compute: Compute): Promise<void> {
  const { host, pollers, servers } = compute;
  for (const server of servers) server.cutOff();
  const resume = pollers.pause();
  await host.pool.endAll();
  await warmUp(compute);
  for (const server of servers) server.reconnect();
  resume();
}
