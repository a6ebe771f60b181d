import type { Unsupported } from '../assembly/list-unsupported.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import type { JsonReader } from '../json-reader.ts';
import type { ApiDestination } from './api-destination.ts';

/** The API destinations of all templates. @param endpoints what stands for which origin on this machine */
export function apiDestinationsFrom(
  assembly: ResolvedAssembly,
  endpoints: Readonly<Record<string, string>>,
): ApiDestination[] {
  const connections = new Map(
    resourcesOf(assembly, 'AWS::Events::Connection').map(({ attributes, properties }) => [
      attributes.Arn,
      headersOf(properties.optionalObject('AuthParameters')),
    ]),
  );
  return resourcesOf(assembly, 'AWS::Events::ApiDestination').map(({ stack, logicalId, attributes, properties }) => {
    const endpoint = properties.string('InvocationEndpoint');
    return {
      resource: `${stack}/${logicalId}`,
      arn: attributes.Arn ?? '',
      method: properties.string('HttpMethod'),
      endpoint,
      localUrl: localUrlOf(endpoint, endpoints),
      headers: connections.get(properties.string('ConnectionArn')) ?? {},
    };
  });
}

/** Those that no request reaches: nothing leaves this machine. */
export function nowhereHere(destinations: readonly ApiDestination[]): Unsupported[] {
  return destinations
    .filter(({ localUrl }) => localUrl === undefined)
    .map(({ resource, endpoint }) => ({
      resource,
      type: 'AWS::Events::ApiDestination',
      what: `nothing here stands for ${new URL(endpoint).origin} (--endpoint): what is for it goes to the DLQ`,
    }));
}

/** Where an endpoint is on this machine: there already, or at what stands for its origin. */
function localUrlOf(endpoint: string, endpoints: Readonly<Record<string, string>>): string | undefined {
  const { origin, hostname, pathname, search } = new URL(endpoint);
  if (hostname === '127.0.0.1') return endpoint;
  const local = endpoints[origin];
  return local === undefined ? undefined : new URL(pathname + search, local).href;
}

/** What a connection signs with; of OAuth the runtime says that it does not know it. */
function headersOf(auth: JsonReader | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  const key = auth?.optionalObject('ApiKeyAuthParameters');
  if (key !== undefined) headers[key.string('ApiKeyName')] = key.string('ApiKeyValue');
  const basic = auth?.optionalObject('BasicAuthParameters');
  if (basic !== undefined) {
    const credentials = Buffer.from(`${basic.string('Username')}:${basic.string('Password')}`).toString('base64');
    headers.authorization = `Basic ${credentials}`;
  }
  for (const header of auth?.optionalObject('InvocationHttpParameters')?.objects('HeaderParameters') ?? []) {
    headers[header.string('Key')] = header.string('Value');
  }
  return headers;
}
