import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { operatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { OFF_BY_DEFAULT } from '#infra/configuration/settings.ts';
import { synthesize } from '#local/synthesize.ts';
import { DOMAINS, UNRECOGNIZED } from '#shared/catalogue/domains.ts';
import { handlerName, payloadBucketName } from '#shared/naming/resource-names.ts';
import { Cdk } from './cdk.ts';
import { checkKept } from './check-kept.ts';
import { DeployedStage } from './deployed-stage.ts';
import { latencyText } from './latency-text.ts';
import type { Place } from './place.ts';
import { redriveDeadLetter } from './redrive-dead-letter.ts';
import { removeStage } from './remove-stage.ts';
import { oneForEachDomain, sendThroughDomains, sendWhatIsNotNew } from './send-through-domains.ts';
import { MORE_MEMORY, updateAssembly } from './update-assembly.ts';

/** Its entry in `infra/config.ts` removes what it holds. */
const STAGE = 'smoke';
const STACKS = ['StripeFanoutData', 'StripeFanoutPipeline', 'StripeFanoutOperations'].map((id) => `${id}-${STAGE}`);
const DRAINED = [...DOMAINS.map(({ name }) => name).filter((name) => !OFF_BY_DEFAULT.includes(name)), UNRECOGNIZED];

export interface SmokeOptions {
  readonly place: Place;
  /** For assemblies and whatever else is written. */
  readonly folder: string;
  /** Whether the place is new: then it is bootstrapped first. */
  readonly isNew: boolean;
  /** Only remove what an earlier run left. */
  readonly removeOnly: boolean;
  print(line: string): void;
}

/**
 * Deploys, tries, updates and removes one stage. What was deployed is removed whatever happens between.
 * @throws {Error} something is not as it must be
 */
export async function smokeTest({ place, folder, isNew, removeOnly, print }: SmokeOptions): Promise<void> {
  const cdk = new Cdk(folder, place.env);
  const { endpoint, region } = place;
  const clients = operatorClients({ region, ...(endpoint !== undefined && { endpoint }) });
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    print(`  ${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  };
  const whole = join(folder, 'whole');
  await timed('synthesized', () => synthesize({ output: whole, stage: STAGE }));
  const { assembly, changes } = place.fit(whole, join(folder, 'fitting'));
  for (const change of changes) print(`  ${change}`);
  const bucket = { s3: clients.s3, bucket: payloadBucketName(STAGE, place.account, place.region) };
  const remove = () => timed('removed', () => removeStage(cdk, assembly, bucket, place, STACKS));
  try {
    if (removeOnly) return await remove();
    if (isNew) await timed('bootstrapped', () => cdk.bootstrap(place.account, place.region));
    try {
      const outputs = await timed('deployed', () => cdk.deploy(assembly));
      const stage = new DeployedStage(
        outputs,
        clients,
        place.webhookUrl(outputs.WebhookUrl ?? ''),
        `whsec_${randomUUID()}`,
      );
      await tryStage(stage, place, print);
      const before = await memoryOf(stage);
      const updated = join(folder, 'updated');
      updateAssembly(assembly, updated);
      await timed('updated', () => cdk.deploy(updated));
      await tryUpdate(stage, before, print);
    } catch (thrown) {
      print(thrown instanceof Error ? thrown.message : String(thrown));
      // The first failure is the one to look at, whatever removing says then.
      await remove().catch((next: unknown) => print(`not removed: ${next}`));
      throw thrown;
    }
    await remove();
  } finally {
    clients.destroy();
  }
}

async function tryStage(stage: DeployedStage, place: Place, print: (line: string) => void): Promise<void> {
  await stage.storeSecret();
  await checkKept(stage, STAGE, place.notKept);
  for (const what of place.notKept) print(`  created, but not kept there: ${what}`);
  const cold = oneForEachDomain('cold', DRAINED);
  print(`  ${cold.size} events, one through each domain, cold: ${latencyText(await sendThroughDomains(stage, cold))}`);
  const warm = oneForEachDomain('warm', DRAINED);
  print(`  the same once more, warm: ${latencyText(await sendThroughDomains(stage, warm))}`);
  const [known] = warm.values();
  if (known) await sendWhatIsNotNew(stage, known);
  print('  a repeated event is a duplicate, a forged one is refused');
  for (const what of await redriveDeadLetter(stage, place, STAGE)) print(`  cannot be done there: ${what}`);
  print('  one dead letter, redriven and handled');
}

async function tryUpdate(stage: DeployedStage, before: number, print: (line: string) => void): Promise<void> {
  const after = await memoryOf(stage);
  if (after !== before + MORE_MEMORY)
    throw new Error(`The update gave ${after} MB instead of ${before + MORE_MEMORY}.`);
  const latencies = await sendThroughDomains(stage, oneForEachDomain('updated', ['core', UNRECOGNIZED]));
  print(`  after it: functions have ${after} MB instead of ${before}, and events are ${latencyText(latencies)}`);
}

async function memoryOf({ clients }: DeployedStage): Promise<number> {
  const FunctionName = handlerName(STAGE, 'core');
  return (await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).MemorySize ?? 0;
}
