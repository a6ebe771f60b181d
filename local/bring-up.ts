import { listUnsupported } from './assembly/list-unsupported.ts';
import { mergeAssemblies } from './assembly/merge-assemblies.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import { resolveAssembly } from './assembly/resolve-assembly.ts';
import { awsEndpoint } from './aws/endpoint.ts';
import { partitionKeysFrom } from './dynamodb/partition-keys-from.ts';
import { apiDestinationsFrom, nowhereHere } from './events/api-destinations-from.ts';
import { busesFrom } from './events/buses-from.ts';
import { partnerEventsOf } from './events/partner-events-of.ts';
import { apiFront } from './http/api-front.ts';
import { routesFrom } from './http/routes-from.ts';
import { AccessControl } from './iam/access-control.ts';
import { AccessKeys } from './iam/access-keys.ts';
import { Gatekeeper } from './iam/gatekeeper.ts';
import { policiesFrom } from './iam/policies-from.ts';
import { reportDenials } from './iam/report-denials.ts';
import { ResourceOwners } from './iam/resource-owners.ts';
import { unknownConditions } from './iam/unknown-conditions.ts';
import { eventSourcesFrom } from './lambda/event-source.ts';
import type { LogSink } from './lambda/function-worker.ts';
import { functionsFrom } from './lambda/functions-from.ts';
import { hostFor } from './lambda/host-for.ts';
import { lambdaService } from './lambda/lambda-service.ts';
import { Pollers } from './lambda/pollers.ts';
import { LateServer } from './late-server.ts';
import { LogStore } from './logs/log-store.ts';
import { logsService } from './logs/logs-service.ts';
import { settled } from './observe/settled.ts';
import { restart, warmUp } from './restart.ts';
import type { Runtime } from './running-pipeline.ts';
import { DEFAULTS, type RuntimeOptions } from './runtime-options.ts';
import { Secrets } from './secrets/secrets.ts';
import { seedSigningSecrets } from './secrets/seed-signing-secrets.ts';
import { SharedParts } from './shared-parts.ts';
import { createQueuesFrom } from './sqs/queues-from.ts';
import { startServices } from './start-services.ts';
import { startStripe } from './stripe/start-stripe.ts';
import type { Undo } from './undo.ts';

/** Real milliseconds that `settled` waits by default. */
const SETTLE_MS = 60_000;

/** Builds and starts the runtime's parts in the order in which they need each other. */
export async function bringUp(options: RuntimeOptions, undo: Undo): Promise<Runtime> {
  const assembly = mergeAssemblies([options.assembly, ...(options.with ?? [])].map(readAssembly));
  const shared = new SharedParts(options.timeScale ?? DEFAULTS.timeScale);
  const { observations, inFlight, faults, queues, moveTasks } = shared;

  // The addresses come first: names in the templates evaluate to them.
  const [aws, api, stripeServer] = [new LateServer(), new LateServer(), new LateServer()];
  undo.add(() => aws.close());
  const awsUrl = await aws.listen(options.awsPort ?? DEFAULTS.awsPort);
  undo.add(() => api.close());
  const url = await api.listen(options.port ?? DEFAULTS.port);
  undo.add(() => stripeServer.close());
  const stripeUrl = options.stripe === false ? undefined : await stripeServer.listen(stripePort(options));
  const resolved = resolveAssembly(assembly, { aws: awsUrl, api: url });
  const outputs: Readonly<Record<string, string>> = {
    ...resolved.outputs,
    ...(stripeUrl !== undefined && { StripeApiUrl: stripeUrl }),
  };

  const functions = functionsFrom(resolved, { aws: awsUrl, stripe: stripeUrl });
  const access = new AccessControl(policiesFrom(resolved), observations, new ResourceOwners(resolved));
  createQueuesFrom(resolved, queues, awsUrl);
  undo.add(() => queues.stop());
  undo.add(() => moveTasks.stop());
  const apiDestinations = apiDestinationsFrom(resolved, options.endpoints ?? {});
  const buses = busesFrom(resolved, shared, { access, apiDestinations }, undo);
  const secrets = Secrets.from(resolved);
  const environments = functions.map(({ environment }) => environment);
  seedSigningSecrets(secrets, environments, options.signingSecret ?? DEFAULTS.signingSecret);
  const webhookUrl = outputs.WebhookUrl ?? `${url}/webhooks/stripe`;
  const limits = options.stripeLimits;
  const putPartnerEvent = partnerEventsOf(buses, shared);
  const ways = { webhookUrl, authorizationUrl: outputs.AuthorizationUrl, putPartnerEvent };
  const stripe =
    stripeUrl === undefined
      ? undefined
      : startStripe({ url: stripeUrl, ...ways, secrets, environments, limits }, shared);
  if (stripe) stripeServer.answerWith(stripe.listener);
  undo.add(() => stripe?.stop());
  const services = await startServices(resolved, shared, buses, secrets, undo);
  const keys = new AccessKeys(resolved, functions);

  const routes = routesFrom(resolved, functions);
  const routed = new Set(routes.map((route) => route.function));
  const { requestWorkers = DEFAULTS.requestWorkers, warmHandlers = DEFAULTS.warmHandlers } = options;
  if (options.log) reportDenials(observations, options.log);
  const lines = new LogStore();
  const log: LogSink = (name, line, requestId) => {
    lines.append(name, line);
    options.log?.(name, line, requestId);
  };
  const sources = eventSourcesFrom(resolved, functions, queues);
  const host = hostFor(routed, { sources, observations, inFlight, requestWorkers, warmHandlers, log });
  undo.add(() => host.pool.stop());
  const pollers = new Pollers(sources, { ...shared, access, host });
  undo.add(() => pollers.stop());
  const lambda = lambdaService({ functions, pollers, host });
  const logs = logsService(
    lines,
    functions.map(({ name }) => name),
  );
  const partitionKeys = partitionKeysFrom(resolved);
  const gatekeeper = new Gatekeeper(access, {
    secretArn: (id) => secrets.arnOf(id),
    partitionKeyOf: (table) => partitionKeys.get(table),
    mappedFunction: (id) => pollers.byId(id)?.source.function.arn,
  });
  const principalOf = (key: string) => keys.principalOf(key);
  aws.answerWith(
    awsEndpoint({ services: { ...services, lambda, logs }, faults, observations, gatekeeper, principalOf }),
  );
  const compute = { host, pollers, servers: [aws, api], routed };
  await warmUp(compute);
  api.answerWith(apiFront({ routes, access, host, inFlight, outputs, stripe }));
  pollers.start();

  const busy = () => [...inFlight.describe(), ...moveTasks.describe(), ...pollers.describe()];
  return {
    url,
    awsUrl,
    stripe,
    outputs,
    unsupported: [
      ...listUnsupported(resolved),
      ...nowhereHere(apiDestinations),
      ...unknownConditions(access.statements()),
    ],
    access,
    accessKeyOf: (holder) => keys.of(holder),
    principalOf,
    observations,
    faults,
    queueDepths: () => Object.fromEntries(queues.all().map((queue) => [queue.name, queue.depth()])),
    ruleMatches: (name) => buses.matched(name),
    settled: (timeoutMs = SETTLE_MS) => settled(observations, busy, timeoutMs),
    setPolling: (functionName, enabled) => pollers.setEnabled(functionName, enabled),
    killWorkers: (functionName) => host.pool.kill(functionName),
    restart: () => restart(compute),
    stop: () => undo.all(),
  };
}

/** Whoever wants a free port for the one wants it for the other. */
function stripePort({ port, stripePort: own }: RuntimeOptions): number {
  return own ?? (port === 0 ? 0 : DEFAULTS.stripePort);
}
