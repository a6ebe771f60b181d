import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { stageName, topicName } from '#shared/naming/resource-names.ts';
import type { AlarmSettings } from '../configuration/alarm-settings.ts';
import type { Severity } from '../operations/alarm-kinds.ts';
import { allow } from './allow.ts';

export interface NotificationsProps {
  readonly stage: string;
  readonly settings: AlarmSettings;
}

/** The two topics of the alarms, encrypted, and who listens to them. */
export class Notifications extends Construct {
  readonly topics: Readonly<Record<Severity, Topic>>;

  constructor(scope: Construct, id: string, { stage, settings }: NotificationsProps) {
    super(scope, id);
    const key = this.createKey(stage);
    const topicOf = (severity: Severity) => {
      const topic = new Topic(this, severity === 'page' ? 'Page' : 'Ticket', {
        topicName: topicName(stage, severity),
        masterKey: key,
        enforceSSL: true,
      });
      topic.addToResourcePolicy(publishedByAlarms(stage, topic));
      const { emails, urls } = settings[severity];
      for (const email of emails) topic.addSubscription(new EmailSubscription(email));
      for (const url of urls) {
        topic.addSubscription(new UrlSubscription(url, { protocol: SubscriptionProtocol.HTTPS }));
      }
      return topic;
    };
    this.topics = { page: topicOf('page'), ticket: topicOf('ticket') };
    this.addSlackChannels(stage, settings);
  }

  /** A key of our own, for AWS's key of SNS does not let CloudWatch use it: alarms would fire and nobody would hear. */
  private createKey(stage: string): Key {
    const key = new Key(this, 'Key', {
      description: `Alarms of ${stageName(stage)}.`,
      enableKeyRotation: true,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        // AWS's own words for alarms. A narrower guess at what SNS asks of the key would, if wrong, silence them all.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return key;
  }

  private addSlackChannels(stage: string, settings: AlarmSettings): void {
    const listeners = (['page', 'ticket'] as const).flatMap((severity) =>
      settings[severity].slack.map((channel) => ({ ...channel, topic: this.topics[severity] })),
    );
    for (const channel of new Set(listeners.map(({ channel }) => channel))) {
      const here = listeners.filter((listener) => listener.channel === channel);
      new SlackChannelConfiguration(this, channel, {
        slackChannelConfigurationName: `${stageName(stage)}-${channel}`,
        slackWorkspaceId: here[0]?.workspace ?? '',
        slackChannelId: channel,
        notificationTopics: here.map(({ topic }) => topic),
        // What people may do from the channel: look. Left out, it would be everything.
        guardrailPolicies: [ManagedPolicy.fromAwsManagedPolicyName('CloudWatchReadOnlyAccess')],
      });
    }
  }
}

/** A topic with a policy of its own is closed to CloudWatch until the policy says otherwise. */
function publishedByAlarms(stage: string, topic: Topic): PolicyStatement {
  const alarms = Stack.of(topic).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${stageName(stage)}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statement = allow('AllowAlarms', ['sns:Publish'], [topic.topicArn], {
    ArnLike: { 'aws:SourceArn': alarms },
    StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
  });
  statement.addServicePrincipal('cloudwatch.amazonaws.com');
  return statement;
}
