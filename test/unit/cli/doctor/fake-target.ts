import { onTestFinished } from 'vitest';
import type { Target } from '#cli/target/target.ts';
import { operatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { type Answers, fakeAws } from '../fake-aws.ts';

/** A deployed stage whose AWS gives these answers. */
export async function fakeTarget(answers: Answers, outputs: Readonly<Record<string, string>>): Promise<Target> {
  const { endpoint } = await fakeAws(answers);
  const clients = operatorClients({ endpoint });
  onTestFinished(() => clients.destroy());
  return {
    stage: 'prod',
    isLocal: false,
    label: 'stage prod',
    option: '--stage prod',
    clients,
    output: (name) => outputs[name] ?? `https://sqs/1/${name}`,
  };
}
