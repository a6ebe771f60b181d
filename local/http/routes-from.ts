import { arn } from '../assembly/account.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import type { Route } from './route-table.ts';

/**
 * The HTTP API's routes with the functions behind them.
 * @throws {TemplateError} a route leads to something else than a function of this assembly
 */
export function routesFrom(assembly: ResolvedAssembly, functions: readonly FunctionDefinition[]): Route[] {
  const integrations = resourcesOf(assembly, 'AWS::ApiGatewayV2::Integration');
  return resourcesOf(assembly, 'AWS::ApiGatewayV2::Route').map(({ properties, stack, logicalId }) => {
    const id = properties.string('Target').split('/').at(-1);
    const integration = integrations.find((candidate) => candidate.stack === stack && candidate.ref === id);
    const uri = integration?.properties.string('IntegrationUri');
    const invokes = /arn:[^:]+:lambda:[^/]*:function:[^/]+/.exec(uri ?? '')?.[0] ?? '';
    const definition = functions.find(({ arn }) => invokes === arn || invokes.startsWith(`${arn}:`));
    if (!definition) throw new TemplateError(`${stack}/${logicalId}: the route leads to no function of this assembly.`);
    const key = properties.string('RouteKey');
    // Of `POST /hooks/{name}` the ARN has the words and not the space; only the stage `$default` is emulated.
    const path = `${properties.string('ApiId')}/$default/${key.replace(' ', '')}`;
    return { key, function: definition, invokes, sourceArn: arn('execute-api', path) };
  });
}
