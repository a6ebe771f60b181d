import type { StripeFanoutBus } from './stripe-fanout-bus.ts';

/** The command of the pipeline's own CLI that brings a late joiner what it missed. */
export function fanoutReplayCommand(stage: string, ruleName: string, from: Date): string {
  return `npm run fanout -- replay --stage ${stage} --from ${from.toISOString()} --rule ${ruleName} --yes`;
}

/** The same with AWS's CLI, for who does not have the pipeline's repository. To be run with the bus's account's credentials. */
export function awsReplayCommand(bus: StripeFanoutBus, ruleName: string, from: Date): string {
  const ruleArn = ruleArnOn(bus, ruleName);
  const name = `${ruleName.slice(0, 40)}-${from.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`;
  return [
    `aws events start-replay --replay-name ${name}`,
    `--event-source-arn ${bus.archiveArn}`,
    `--event-start-time ${from.toISOString()}`,
    '--event-end-time "$(date -u +%Y-%m-%dT%H:%M:%SZ)"',
    `--destination '{"Arn":"${bus.busArn}","FilterArns":["${ruleArn}"]}'`,
    `--region ${bus.region}`,
  ].join(' ');
}

/** ARN of a rule on the pipeline's bus, wherever the stack that makes it is. */
export function ruleArnOn({ busArn }: StripeFanoutBus, ruleName: string): string {
  return `${busArn.replace(':event-bus/', ':rule/')}/${ruleName}`;
}
