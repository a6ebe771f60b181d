import type { Server } from 'node:http';

/** The only interface anything here listens on: the emulated services check no signatures. */
const LOOPBACK = '127.0.0.1';

/** A port that another process has. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is in use.`, options);
    this.port = port;
  }
}

/**
 * Starts a server on the loopback interface.
 * @param port 0 takes a free one
 * @returns the port it has
 * @throws {PortInUse}
 */
export async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, LOOPBACK, resolve);
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') throw new PortInUse(port, { cause });
    throw cause;
  }
  server.off('error', reject);
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** Stops a server and ends its open connections. */
export async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
