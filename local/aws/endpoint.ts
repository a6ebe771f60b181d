import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Faults } from '../faults/faults.ts';
import { answerFaultsRequest, FAULTS_PATH } from '../faults/faults-api.ts';
import type { Gatekeeper } from '../iam/gatekeeper.ts';
import type { Principal } from '../iam/principal.ts';
import { functionNameOf } from '../lambda/function-principal.ts';
import type { Observations } from '../observe/observations.ts';
import { readBody } from '../read-body.ts';
import type { AwsAnswer, AwsCall, AwsService, ServiceName } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { credentialScope } from './credential-scope.ts';
import { errorAnswer } from './error-answer.ts';
import { operationOf } from './operation-of.ts';
import { SdkTries } from './sdk-tries.ts';

/** Largest request that any emulated operation takes: a DynamoDB batch is 16 MB at most. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

export interface EndpointOptions {
  readonly services: Readonly<Record<ServiceName, AwsService>>;
  readonly faults: Faults;
  readonly observations: Observations;
  /** Refuses what the templates do not allow. */
  readonly gatekeeper: Pick<Gatekeeper, 'admit' | 'disclose'>;
  /** Whom an access key was given to. */
  readonly principalOf: (accessKey: string) => Principal;
}

/** The one AWS endpoint: sends each request to the service it was signed for, through the faults in force. */
export function awsEndpoint(options: EndpointOptions): RequestListener {
  const tries = new SdkTries();
  return (request, response) => {
    answer(request, response, { ...options, tries }).catch(() => response.destroy());
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: EndpointOptions & { readonly tries: SdkTries },
): Promise<void> {
  const hungUp = new AbortController();
  response.once('close', () => hungUp.abort());
  const body = await readBody(request, MAX_REQUEST_BYTES);
  const path = request.url ?? '/';
  if (path.split('?')[0] === FAULTS_PATH) {
    const [status, json] = answerFaultsRequest(options.faults, request, body ?? Buffer.alloc(0));
    return send(response, { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
  }
  const scope = credentialScope(request.headers.authorization, path);
  const service = scope?.service;
  if (!scope || !isServiceName(service, options.services)) {
    return send(response, errorAnswer('events', notHere(service, options.services)));
  }
  if (!body)
    return send(response, errorAnswer(service, new AwsError('RequestEntityTooLarge', 'More than 16 MB.', 413)));
  const target = request.headers['x-amz-target'];
  const method = request.method ?? 'GET';
  const isCopy = request.headers['x-amz-copy-source'] !== undefined;
  const operation = operationOf(service, method, path, { target: Array.isArray(target) ? target[0] : target, isCopy });
  const repeated = options.tries.repeated(request.headers);
  if (repeated) options.observations.emit('call-repeated', { operation, body, fault: repeated.fault });
  const principal = options.principalOf(scope.accessKey);
  const { rawHeaders } = request;
  const origin = `http://127.0.0.1:${request.socket.localPort}`;
  const call = { service, operation, method, path, rawHeaders, body, principal, origin, signal: hungUp.signal };
  const onFault = (fault: string) => options.tries.met(request.headers, fault);
  await perform(call, response, { ...options, onFault });
}

async function perform(
  call: AwsCall,
  response: ServerResponse,
  options: EndpointOptions & { readonly onFault: (error: string) => void },
): Promise<void> {
  const { services, faults, gatekeeper } = options;
  const { service, operation, principal } = call;
  try {
    // Before the faults: what is not allowed never gets as far as breaking.
    gatekeeper.admit(call);
  } catch (thrown) {
    return send(response, errorAnswer(service, thrown));
  }
  const fault = faults.take({
    service,
    operation,
    text: () => `${call.path}\n${call.body.toString('utf8')}`,
    caller: functionNameOf(principal),
  });
  if (fault) options.onFault(fault.error);
  if (fault?.error === 'hang') return;
  if (fault && fault.error !== 'drop-answer') {
    const error = new AwsError(fault.error, `Injected fault: ${fault.error} for ${service} ${operation}.`);
    return send(response, errorAnswer(service, error));
  }
  const work = async () => {
    const answered = await services[service](call);
    gatekeeper.disclose(call, answered);
    return answered;
  };
  const done = await work().catch((thrown: unknown) => errorAnswer(service, thrown));
  if (fault) response.destroy();
  else send(response, done);
}

function send(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  if (response.destroyed) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // The answer to HEAD has a length and no body; the length came with the headers.
  if (!response.hasHeader('content-length')) response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

function isServiceName(name: string | undefined, services: EndpointOptions['services']): name is ServiceName {
  return name !== undefined && Object.hasOwn(services, name);
}

function notHere(service: string | undefined, services: EndpointOptions['services']): AwsError {
  const known = Object.keys(services).join(', ');
  const seen =
    service === undefined
      ? 'The request is not signed (Signature Version 4).'
      : `The service ${service} is not emulated.`;
  return new AwsError('UnrecognizedClientException', `${seen} This endpoint speaks ${known}.`);
}
