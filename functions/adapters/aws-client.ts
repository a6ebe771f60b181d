/** How long calls of a client may take. Region, credentials and endpoint come from Lambda's own environment. */
export interface AwsClientOptions {
  /** The first try and the retries. */
  readonly maxAttempts: number;
  readonly requestHandler: {
    /** Milliseconds to connect. */
    readonly connectionTimeout: number;
    /** Milliseconds for one try, answer included. */
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/**
 * A call that hangs is given up long before the function's deadline, so that there is time for two more tries and for
 * settling the ledger row.
 */
export const awsClientOptions: AwsClientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
};

interface AnyClient {
  readonly middlewareStack: { remove(name: string): boolean };
}

/**
 * Builds an AWS client, once per function instance. It has all of the SDK's middleware but one: that which copies what
 * each call sends and gets for a logger. Nobody gives our clients a logger, and the copies are made nevertheless.
 */
export function awsClient<Client extends AnyClient>(
  Client: new (options: AwsClientOptions) => Client,
  options: AwsClientOptions = awsClientOptions,
): Client {
  const client = new Client(options);
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
