import {
  DescribeEventSourceCommand,
  type EventBridgeClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';

/**
 * What AWS says of a partner event source: `ACTIVE` with its bus, `PENDING` without one, `DELETED` by the partner.
 * @returns `undefined` where this account and Region have none of that name
 */
export async function partnerSourceState(client: EventBridgeClient, name: string): Promise<string | undefined> {
  try {
    const { State } = await client.send(new DescribeEventSourceCommand({ Name: name }));
    return State;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
