import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** The floor of the delivery check's cold start: its client, built, and the command it sends. */
export const clients = [new CloudWatchClient({})];
export const commands = [GetMetricDataCommand];
