import { type ResolvedAssembly, resourcesOf } from '../assembly/resolve-assembly.ts';
import { TemplateError } from '../assembly/template-error.ts';
import type { Queues } from './queues.ts';
import { readRedrivePolicy } from './redrive-policy.ts';

/** Template properties that are queue attributes of the same name. */
const ATTRIBUTES = ['VisibilityTimeout', 'DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod'];
const WAIT = 'ReceiveMessageWaitTimeSeconds';
const SWITCHES = ['FifoQueue', 'ContentBasedDeduplication'];

/**
 * Creates the queues of all templates.
 * @param awsAddress the local AWS endpoint, which queue URLs begin with
 */
export function createQueuesFrom(assembly: ResolvedAssembly, queues: Queues, awsAddress: string): void {
  const policies = policiesByUrl(assembly);
  for (const { properties, attributes, ref, account, stack, logicalId } of resourcesOf(assembly, 'AWS::SQS::Queue')) {
    const policy = policies.get(ref);
    const given = new Map<string, string>(policy === undefined ? [] : [['Policy', policy]]);
    for (const name of [...ATTRIBUTES, WAIT]) {
      const value = properties.optionalNumber(name);
      if (value !== undefined) given.set(name, String(value));
    }
    for (const name of SWITCHES) if (properties.optionalBoolean(name)) given.set(name, 'true');
    const fail = (message: string) => new TemplateError(`${stack}/${logicalId}: ${message}`);
    const redrive = readRedrivePolicy(properties.value.RedrivePolicy, fail);
    queues.create(attributes.QueueName ?? logicalId, { attributes: given, awsAddress, redrive, account });
  }
}

/** For who asks a queue for its policy; what it allows is decided elsewhere. */
function policiesByUrl(assembly: ResolvedAssembly): ReadonlyMap<string, string> {
  const policies = resourcesOf(assembly, 'AWS::SQS::QueuePolicy').flatMap(({ properties }) =>
    properties.strings('Queues').map((url) => [url, JSON.stringify(properties.value.PolicyDocument)] as const),
  );
  return new Map(policies);
}
