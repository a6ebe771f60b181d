import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';

/** A rule of the bus. */
export interface BusRule {
  readonly name: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  /** JSON text. */
  readonly pattern?: string;
  /** The AWS service that made it for itself, such as the one that keeps an archive. */
  readonly managedBy?: string;
}

/** Where a rule sends its events. */
export interface RuleTarget {
  readonly arn: string;
  /** Where goes what the target does not take; absent: it is lost. */
  readonly deadLetterArn?: string;
}

/** Whose rule it is, as far as AWS knows. */
export interface RuleOrigin {
  readonly tags: Readonly<Record<string, string>>;
  /** Account that made it. */
  readonly createdBy?: string;
}

/** Every rule of a bus, those of other teams too. */
export async function rulesOfBus(client: EventBridgeClient, bus: string): Promise<readonly BusRule[]> {
  const rules: BusRule[] = [];
  for await (const page of pages((NextToken) => client.send(new ListRulesCommand({ EventBusName: bus, NextToken })))) {
    for (const { Name = '', Arn = '', State, EventPattern, ManagedBy } of page.Rules ?? []) {
      rules.push({
        name: Name,
        arn: Arn,
        isEnabled: State?.startsWith('ENABLED') === true,
        ...(EventPattern === undefined ? {} : { pattern: EventPattern }),
        ...(ManagedBy === undefined ? {} : { managedBy: ManagedBy }),
      });
    }
  }
  return rules;
}

export async function targetsOfRule(
  client: EventBridgeClient,
  bus: string,
  rule: string,
): Promise<readonly RuleTarget[]> {
  const targets: RuleTarget[] = [];
  const read = (NextToken: string | undefined) =>
    client.send(new ListTargetsByRuleCommand({ EventBusName: bus, Rule: rule, NextToken }));
  for await (const page of pages(read)) {
    for (const { Arn = '', DeadLetterConfig } of page.Targets ?? []) {
      targets.push({ arn: Arn, ...(DeadLetterConfig?.Arn && { deadLetterArn: DeadLetterConfig.Arn }) });
    }
  }
  return targets;
}

export async function originOfRule(client: EventBridgeClient, bus: string, rule: BusRule): Promise<RuleOrigin> {
  const [{ Tags = [] }, { CreatedBy }] = await Promise.all([
    client.send(new ListTagsForResourceCommand({ ResourceARN: rule.arn })),
    client.send(new DescribeRuleCommand({ EventBusName: bus, Name: rule.name })),
  ]);
  const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  return { tags, ...(CreatedBy === undefined ? {} : { createdBy: CreatedBy }) };
}

async function* pages<Page extends { readonly NextToken?: string | undefined }>(
  read: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let next: string | undefined;
  do {
    const page = await read(next);
    yield page;
    next = page.NextToken;
  } while (next !== undefined);
}
