import { isRecord } from '#shared/event/stripe-event.ts';
import { isStage, stageName } from '#shared/naming/resource-names.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { UsageError } from '../usage-error.ts';
import type { Target } from './target.ts';
import { LOCAL_URL } from './target-options.ts';

type Outputs = Readonly<Record<string, string>>;

/**
 * Finds the pipeline by its stacks' outputs: those of the stage in AWS, or those the local runtime names.
 * @throws {UsageError} not exactly one of `--stage` and `--local`
 * @throws {OperatorFault} nothing is deployed or running there
 */
export async function findTarget({ values }: Arguments, context: CommandContext): Promise<Target> {
  const { stage, local, profile, region } = values;
  if (typeof local === 'string' && stage === undefined) return localTarget(local, context);
  if (typeof stage !== 'string' || local !== undefined) {
    throw new UsageError(
      'Say which pipeline: --stage NAME for a deployed one, or --local for the one on this machine.',
    );
  }
  if (!isStage(stage)) {
    throw new UsageError(`"${stage}" cannot be a stage: 1 to 12 lower-case letters, digits and dashes.`);
  }
  return deployedTarget(stage, {
    ...(typeof profile === 'string' ? { profile } : {}),
    ...(typeof region === 'string' ? { region } : {}),
  });
}

/** The AWS clients are loaded only by commands that need them: they take a third of a second. */
async function clientsFor(connection: { endpoint?: string; profile?: string; region?: string }) {
  const { operatorClients } = await import('#functions/adapters/operator/operator-clients.ts');
  return operatorClients(connection);
}

async function deployedTarget(stage: string, connection: { profile?: string; region?: string }): Promise<Target> {
  const clients = await clientsFor(connection);
  const { stackOutputs } = await import('#functions/adapters/operator/stack-outputs.ts');
  const stacks = ['StripeFanoutData', 'StripeFanoutPipeline'].map((id) => `${id}-${stage}`);
  const outputs = await stackOutputs(clients.cloudFormation, stacks).catch((cause: unknown) => {
    clients.destroy();
    if (!(cause instanceof Error && cause.name === 'ValidationError')) throw cause;
    const where = 'with this profile and Region';
    throw new OperatorFault('not_deployed', `There is no stage ${stage} ${where}: ${cause.message}`, { cause });
  });
  const [, , , region, account] = (outputs.BusArn ?? '').split(':');
  return {
    stage,
    isLocal: false,
    label: `stage ${stage} (account ${account}, ${region})`,
    option: `--stage ${stage}`,
    clients,
    output: reader(outputs),
  };
}

async function localTarget(url: string, context: CommandContext): Promise<Target> {
  const address = new URL('/_local/outputs', loopback(url));
  const answer = await context.fetch(address.href, { method: 'GET' }).catch((cause: unknown) => {
    throw new OperatorFault('unreachable', `Nothing answers at ${url}. Start the pipeline with \`npm run dev\`.`, {
      cause,
    });
  });
  const json: unknown = answer.ok ? await answer.json() : undefined;
  if (!isRecord(json)) throw new OperatorFault('unreachable', `What answers at ${url} is not the local runtime.`);
  const output = reader(Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)])));
  // Queue URLs begin with the runtime's AWS endpoint; a URL elsewhere must never be followed.
  const endpoint = loopback(output('BusDlqUrl')).origin;
  const stage = output('BusName').slice(stageName('').length);
  return {
    stage,
    isLocal: true,
    label: `the local runtime at ${address.origin} (stage ${stage})`,
    option: url === LOCAL_URL ? '--local' : `--local ${url}`,
    clients: await clientsFor({ endpoint }),
    output,
  };
}

function loopback(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return url;
  throw new UsageError(`--local ${text} is not on this machine.`);
}

function reader(outputs: Outputs) {
  return (name: string): string => {
    const value = outputs[name];
    if (value !== undefined) return value;
    throw new OperatorFault('output_missing', `The stacks have no output ${name}: deploy this version first.`);
  };
}
