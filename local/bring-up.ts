import { listUnsupported } from './assembly/list-unsupported.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import { type ResolvedAssembly, resolveAssembly, resourcesOf } from './assembly/resolve-assembly.ts';
import type { AwsService, ServiceName } from './aws/aws-call.ts';
import { awsEndpoint } from './aws/endpoint.ts';
import { startTables } from './dynamodb/start-tables.ts';
import { EventBuses } from './events/event-buses.ts';
import { eventsService } from './events/events-service.ts';
import { archivesFrom, rulesFrom } from './events/rules-from.ts';
import { Faults } from './faults/faults.ts';
import { apiFront } from './http/api-front.ts';
import { routesFrom } from './http/routes-from.ts';
import { eventSourcesFrom } from './lambda/event-source.ts';
import type { FunctionDefinition } from './lambda/function-definition.ts';
import { functionsFrom } from './lambda/functions-from.ts';
import { LambdaHost } from './lambda/lambda-host.ts';
import { Poller } from './lambda/poller.ts';
import { WorkerPool } from './lambda/worker-pool.ts';
import { LateServer } from './late-server.ts';
import { InFlight } from './observe/in-flight.ts';
import { Observations } from './observe/observations.ts';
import { settled } from './observe/settled.ts';
import type { Runtime } from './runtime.ts';
import { DEFAULTS, type RuntimeOptions } from './runtime-options.ts';
import { startBuckets } from './s3/start-buckets.ts';
import { Secrets } from './secrets/secrets.ts';
import { secretsService } from './secrets/secrets-service.ts';
import { seedSigningSecrets } from './secrets/seed-signing-secrets.ts';
import { MoveTasks } from './sqs/move-tasks.ts';
import { Queues } from './sqs/queues.ts';
import { createQueuesFrom } from './sqs/queues-from.ts';
import { sqsService } from './sqs/sqs-service.ts';
import { TimeScale } from './time-scale.ts';
import type { Undo } from './undo.ts';

/** Real milliseconds that `settled` waits by default. */
const SETTLE_MS = 30_000;
/** Workers of a function behind an HTTP route, and of one that drains a queue batch by batch. */
const ROUTED_WORKERS = 2;
const HANDLER_WORKERS = 1;

/** What every part of a running runtime shares. */
class Shared {
  readonly observations = new Observations();
  readonly inFlight = new InFlight(this.observations);
  readonly faults = new Faults();
  readonly scale: TimeScale;
  readonly queues: Queues;
  readonly moveTasks: MoveTasks;

  constructor(timeScale: number) {
    this.scale = new TimeScale(timeScale);
    this.queues = new Queues(this.scale, this.observations);
    this.moveTasks = new MoveTasks(this.queues, this.observations);
  }
}

/** Builds and starts the runtime's parts in the order in which they need each other. */
export async function bringUp(options: RuntimeOptions, undo: Undo): Promise<Runtime> {
  const assembly = readAssembly(options.assembly);
  const shared = new Shared(options.timeScale ?? DEFAULTS.timeScale);
  const [aws, api] = [new LateServer(), new LateServer()];
  undo.add(() => aws.close());
  const awsUrl = await aws.listen(options.awsPort ?? DEFAULTS.awsPort);
  undo.add(() => api.close());
  const url = await api.listen(options.port ?? DEFAULTS.port);

  const resolved = resolveAssembly(assembly, { aws: awsUrl, api: url });
  const functions = functionsFrom(resolved, awsUrl);
  createQueuesFrom(resolved, shared.queues, awsUrl);
  undo.add(() => shared.queues.stop());
  undo.add(() => shared.moveTasks.stop());
  const buses = startBuses(resolved, shared, undo);
  const services = await startServices(resolved, shared, buses, functions, options, undo);
  const callers = new Map(functions.map(({ accessKey, name }) => [accessKey, name]));
  aws.answerWith(awsEndpoint({ services, faults: shared.faults, functionOf: (key) => callers.get(key) }));

  const routes = routesFrom(resolved, functions);
  const routed = new Set(routes.map((route) => route.function));
  const reservedNames = new Set([...routed].map(({ name }) => name));
  const quotaOf = (name: string) => ({
    max: reservedNames.has(name) ? ROUTED_WORKERS : HANDLER_WORKERS,
    reserved: reservedNames.has(name),
  });
  const pool = new WorkerPool(quotaOf, options.warmHandlers ?? DEFAULTS.warmHandlers, options.log ?? (() => undefined));
  undo.add(() => pool.stop());
  const host = new LambdaHost(pool, shared.observations, shared.inFlight);
  const sources = eventSourcesFrom(resolved, functions, shared.queues);
  const pollers = sources.map((source) => new Poller(source, { ...shared, host }));
  undo.add(() => stopPollers(pollers));
  api.answerWith(apiFront({ routes, host, inFlight: shared.inFlight, outputs: resolved.outputs }));
  // Warm before the first request: a cold ingress would miss the time a wrong request may take.
  for (const definition of routed) pool.release(await pool.acquire(definition));
  for (const poller of pollers) if (poller.source.enabled) poller.start();

  const busy = () => describeBusy(shared, pollers);
  return {
    url,
    awsUrl,
    outputs: resolved.outputs,
    unsupported: listUnsupported(resolved),
    observations: shared.observations,
    faults: shared.faults,
    queueDepths: () => Object.fromEntries(shared.queues.all().map((queue) => [queue.name, queue.depth()])),
    ruleMatches: (name) => buses.matched(name),
    settled: (timeoutMs = SETTLE_MS) => settled(shared.observations, busy, timeoutMs),
    setPolling: (functionName, enabled) => setPolling(pollers, functionName, enabled),
    killWorkers: (functionName) => pool.kill(functionName),
    stop: () => undo.all(),
  };
}

function startBuses(resolved: ResolvedAssembly, shared: Shared, undo: Undo): EventBuses {
  const names = resourcesOf(resolved, 'AWS::Events::EventBus').map(({ ref }) => ref);
  const stopping = new AbortController();
  undo.add(() => stopping.abort());
  const ports = { ...shared, signal: stopping.signal };
  return new EventBuses(names, rulesFrom(resolved), archivesFrom(resolved), ports, shared.inFlight);
}

async function startServices(
  resolved: ResolvedAssembly,
  shared: Shared,
  buses: EventBuses,
  functions: readonly FunctionDefinition[],
  options: RuntimeOptions,
  undo: Undo,
): Promise<Record<ServiceName, AwsService>> {
  const tables = await startTables(resourcesOf(resolved, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'));
  undo.add(() => tables.stop());
  const buckets = await startBuckets(resourcesOf(resolved, 'AWS::S3::Bucket'));
  undo.add(() => buckets.stop());
  const secrets = Secrets.from(resolved);
  const environments = functions.map(({ environment }) => environment);
  seedSigningSecrets(secrets, environments, options.signingSecret ?? DEFAULTS.signingSecret);
  return {
    dynamodb: tables.service,
    s3: buckets.service,
    sqs: sqsService(shared),
    events: eventsService(buses, shared.observations, shared.inFlight),
    secretsmanager: secretsService(secrets),
  };
}

function describeBusy({ inFlight, moveTasks }: Shared, pollers: readonly Poller[]): string[] {
  const queues = pollers.flatMap(({ enabled, source }) => {
    const { visible, inFlight: hidden, delayed } = source.queue.depth();
    const count = visible + hidden + delayed;
    return enabled && count > 0 ? [`${count} × messages in ${source.queue.name}`] : [];
  });
  const moving = moveTasks.running > 0 ? [`${moveTasks.running} × move tasks`] : [];
  return [...inFlight.describe(), ...moving, ...queues];
}

function setPolling(pollers: readonly Poller[], functionName: string, enabled: boolean): void {
  const own = pollers.filter(({ source }) => source.function.name === functionName);
  if (own.length === 0)
    throw new Error(
      `${functionName} drains no queue. Those that do: ${pollers.map(({ source }) => source.function.name).join(', ')}.`,
    );
  for (const poller of own) enabled ? poller.start() : poller.stop();
}

function stopPollers(pollers: readonly Poller[]): void {
  for (const poller of pollers) poller.stop();
}
