import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly, resourcesOf } from '#local/assembly/resolve-assembly.ts';
import type { Access } from '#local/iam/access.ts';
import { ADMINISTRATOR } from '#local/iam/principal.ts';
import { expectThat, type Scenario } from './scenario.ts';

const assembly = resolveAssembly(readAssembly('cdk.out'), { aws: '', api: '' });
const arnsOf = (type: string) => resourcesOf(assembly, type).map(({ attributes }) => attributes.Arn ?? '');
const insecure = { 'aws:SecureTransport': 'false' };

/** What cannot be played here, because nothing here uses TLS or runs by the clock: the policies are asked directly. */
export const POLICY_SCENARIOS: readonly Scenario[] = [
  {
    name: 'nobody sends to a queue or reads a bucket without TLS',
    once: true,
    play: async ({ pipeline: { runtime } }) => {
      const calls: Access[] = [
        ...arnsOf('AWS::SQS::Queue').map((resource) => ({ action: 'sqs:SendMessage', resource })),
        ...arnsOf('AWS::S3::Bucket').map((bucket) => ({ action: 's3:GetObject', resource: `${bucket}/events/e` })),
      ].map((call) => ({ ...call, principal: ADMINISTRATOR, context: insecure }));
      const open = calls.filter((call) => runtime.access.decide(call).allowed).map(({ resource }) => resource);
      expectThat(open.length === 0, `no way in without TLS, but there is one to ${open}`);
    },
  },
  {
    name: 'what is scheduled may be invoked by its schedule',
    once: true,
    play: async ({ pipeline: { runtime } }) => {
      for (const { properties, logicalId } of resourcesOf(assembly, 'AWS::Scheduler::Schedule')) {
        const target = properties.object('Target');
        const principal = runtime.principalOf(runtime.accessKeyOf(target.string('RoleArn')));
        const call = { principal, action: 'lambda:InvokeFunction', resource: target.string('Arn') };
        expectThat(runtime.access.denial(call) === undefined, `${logicalId} may invoke its function`);
      }
    },
  },
  {
    name: 'the bus may put into its DLQ what it could not process',
    once: true,
    play: async ({ pipeline: { runtime } }) => {
      for (const { properties, attributes, logicalId } of resourcesOf(assembly, 'AWS::Events::EventBus')) {
        const resource = properties.object('DeadLetterConfig').string('Arn');
        const context = { 'aws:SourceArn': attributes.Arn ?? '', 'aws:SourceAccount': '000000000000' };
        const principal = { kind: 'service', name: 'events.amazonaws.com' } as const;
        const call = { principal, action: 'sqs:SendMessage', resource, context };
        expectThat(runtime.access.denial(call) === undefined, `${logicalId} may send to its DLQ`);
      }
    },
  },
];
