import { DEFAULT_STAGE } from '#shared/naming/resource-names.ts';
import { DEFAULTS } from '../runtime-options.ts';
import { parseOptions, wholeNumber } from './parse-options.ts';
import { UsageError } from './usage-error.ts';

/** What `npm run dev` was asked for. */
export interface DevArguments {
  readonly port: number;
  readonly awsPort: number;
  readonly stripePort: number;
  readonly timeScale: number;
  readonly stage: string;
  /** Folders of other teams' assemblies. */
  readonly with: readonly string[];
  /** What stands for the origins of API destinations. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly verbose: boolean;
  readonly help: boolean;
}

export const DEV_USAGE = `Usage: npm run dev -- [options]

Runs the synthesized pipeline on this machine until Ctrl-C.

  --port <n>         HTTP API, where Stripe's events go (default ${DEFAULTS.port}; 0: any free one)
  --aws-port <n>     AWS endpoint for the aws CLI and SDKs (default ${DEFAULTS.awsPort}; 0: any free one)
  --stripe-port <n>  Stripe's stand-in, which functions ask (default ${DEFAULTS.stripePort}; 0: any free one)
  --time-scale <n>   divide the waiting of queues and retries by n, 1 to 3600 (default ${DEFAULTS.timeScale})
  --stage <name>     stage of infra/config.ts (default ${DEFAULT_STAGE})
  --with <folder>    run another team's stacks beside it: the folder that its \`cdk synth\` wrote; may be repeated
  --endpoint <origin>=<url>
                     what stands here for an API destination: https://erp.example.com=http://127.0.0.1:8080; may be repeated
  --verbose          show all log lines of the functions, not only warnings and errors
  --help             show this

Environment: STRIPE_WEBHOOK_SECRET is the signing secret of every destination (default ${DEFAULTS.signingSecret}).`;

/**
 * Reads the command line.
 * @throws {UsageError}
 */
export function devArguments(args: readonly string[]): DevArguments {
  const values = parseOptions(args, {
    port: { type: 'string' },
    'aws-port': { type: 'string' },
    'stripe-port': { type: 'string' },
    'time-scale': { type: 'string' },
    stage: { type: 'string' },
    with: { type: 'string', multiple: true },
    endpoint: { type: 'string', multiple: true },
    verbose: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  return {
    port: wholeNumber('--port', values.port, 0, 65_535) ?? DEFAULTS.port,
    awsPort: wholeNumber('--aws-port', values['aws-port'], 0, 65_535) ?? DEFAULTS.awsPort,
    stripePort: wholeNumber('--stripe-port', values['stripe-port'], 0, 65_535) ?? DEFAULTS.stripePort,
    timeScale: wholeNumber('--time-scale', values['time-scale'], 1, 3600) ?? DEFAULTS.timeScale,
    stage: values.stage ?? DEFAULT_STAGE,
    with: values.with ?? [],
    endpoints: Object.fromEntries((values.endpoint ?? []).map(readEndpoint)),
    verbose: values.verbose ?? false,
    help: values.help ?? false,
  };
}

function readEndpoint(text: string): readonly [string, string] {
  const [, origin, url] = /^(https?:\/\/[^/=]+)=(http:\/\/127\.0\.0\.1:\d+)\/?$/.exec(text) ?? [];
  if (origin !== undefined && url !== undefined) return [origin, url];
  throw new UsageError(
    `--endpoint is "${text}"; an origin and what stands for it on this machine were expected: https://erp.example.com=http://127.0.0.1:8080.`,
  );
}
