import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeAssemblies } from '#local/assembly/merge-assemblies.ts';
import { readAssembly } from '#local/assembly/read-assembly.ts';
import { resolveAssembly } from '#local/assembly/resolve-assembly.ts';

const ADDRESSES = { aws: 'http://127.0.0.1:4566', api: 'http://127.0.0.1:4242' };

/** Writes what `cdk synth` would. */
function assembly(stack: string, template: object, environment?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json' }, environment };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { [stack]: artifact } }));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  return folder;
}
const merged = (...folders: string[]) => resolveAssembly(mergeAssemblies(folders.map(readAssembly)), ADDRESSES);
const queue = (QueueName: string) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } });
const arnOf = { 'Fn::GetAtt': ['Queue', 'Arn'] };

describe('several assemblies', () => {
  it('run as one, and import what another one exports', () => {
    const ours = { Resources: queue('ours'), Outputs: { Arn: { Value: arnOf, Export: { Name: 'queue' } } } };
    const theirs = { Resources: queue('theirs'), Outputs: { Imported: { Value: { 'Fn::ImportValue': 'queue' } } } };

    const { resources, outputs } = merged(assembly('Ours', ours), assembly('Theirs', theirs));

    expect(resources.map(({ ref }) => ref)).toEqual([
      'http://127.0.0.1:4566/000000000000/ours',
      'http://127.0.0.1:4566/000000000000/theirs',
    ]);
    expect(outputs.Imported).toBe('arn:aws:sqs:us-east-1:000000000000:ours');
  });

  it('keep the accounts apart that they were synthesized for', () => {
    const there = {
      Resources: queue('there'),
      Outputs: { Account: { Value: { Ref: 'AWS::AccountId' } }, Arn: { Value: arnOf } },
    };

    const { outputs } = merged(assembly('There', there, 'aws://444455556666/us-east-1'));

    expect(outputs).toEqual({ Account: '444455556666', Arn: 'arn:aws:sqs:us-east-1:444455556666:there' });
  });

  it('leave the name of an output to the first', () => {
    const say = (Value: string) => ({ Resources: {}, Outputs: { WebhookUrl: { Value } } });

    expect(merged(assembly('A', say('a')), assembly('B', say('b'))).outputs.WebhookUrl).toBe('a');
  });

  it('are refused when two stacks or two resources have one name', () => {
    const one = () => assembly('Same', { Resources: {} });

    expect(() => merged(one(), one())).toThrow('Two assemblies have a stack Same in account 000000000000');
    expect(() => merged(assembly('A', { Resources: queue('q') }), assembly('B', { Resources: queue('q') }))).toThrow(
      'Stacks A and B both have a AWS::SQS::Queue named',
    );
  });

  it('are refused when they are for another Region', () => {
    expect(() => merged(assembly('Away', { Resources: {} }, 'aws://unknown-account/eu-west-1'))).toThrow(
      'Stack Away was synthesized for eu-west-1; the local runtime is us-east-1 only',
    );
  });
});
