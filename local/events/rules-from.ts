import { compilePattern, type EventTest } from '#shared/patterns/compile-pattern.ts';
import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import type { Resource } from '../assembly/template.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { JsonReader } from '../json-reader.ts';
import { Archive } from './archive.ts';
import { busName } from './read-entry.ts';
import type { Rule, Target } from './rule.ts';
import { readTargetInput } from './target-input.ts';

/** EventBridge's defaults: 24 hours and 185 retries. */
const DEFAULT_MAX_AGE = 86_400;
const DEFAULT_MAX_RETRIES = 185;

/**
 * The rules with an event pattern of all templates.
 * @throws {TemplateError} naming the rule whose pattern EventBridge would refuse
 */
export function rulesFrom(assembly: ResolvedAssembly): Rule[] {
  return resourcesOf(assembly, 'AWS::Events::Rule').map((resource) => {
    const { properties, ref, attributes, account } = resource;
    return {
      name: ref.split('|').at(-1) ?? ref,
      arn: attributes.Arn ?? '',
      bus: busName(properties.optionalString('EventBusName')),
      enabled: properties.optionalString('State') !== 'DISABLED',
      pattern: properties.value.EventPattern === undefined ? undefined : JSON.stringify(properties.value.EventPattern),
      matches: compile(resource),
      targets: properties.objects('Targets').map(toTarget),
      tags: Object.fromEntries(properties.objects('Tags').map((tag) => [tag.string('Key'), tag.string('Value')])),
      createdBy: account,
    };
  });
}

/** The archives of all templates. */
export function archivesFrom(assembly: ResolvedAssembly): Archive[] {
  return resourcesOf(assembly, 'AWS::Events::Archive').map((resource) => {
    const { properties, ref, attributes } = resource;
    return new Archive(ref, attributes.Arn ?? '', busName(properties.string('SourceArn')), compile(resource));
  });
}

function toTarget(target: JsonReader): Target {
  const retry = target.optionalObject('RetryPolicy');
  return {
    id: target.string('Id'),
    arn: target.string('Arn'),
    deadLetterArn: target.optionalObject('DeadLetterConfig')?.optionalString('Arn'),
    role: target.optionalString('RoleArn'),
    groupBy: target.optionalObject('SqsParameters')?.optionalString('MessageGroupId'),
    input: readTargetInput(target),
    maxRetries: retry?.optionalNumber('MaximumRetryAttempts') ?? DEFAULT_MAX_RETRIES,
    maxAge: retry?.optionalNumber('MaximumEventAgeInSeconds') ?? DEFAULT_MAX_AGE,
  };
}

/** An archive without a pattern keeps all; a rule without one is scheduled, which is listed as unsupported. */
function compile({ properties, stack, logicalId, type }: Resource): EventTest {
  const pattern = properties.value.EventPattern;
  if (pattern === undefined) return () => type === 'AWS::Events::Archive';
  try {
    return compilePattern(pattern);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateError(`${stack}/${logicalId}: ${reason}`, { cause });
  }
}
