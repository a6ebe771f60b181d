/** Resource types the runtime brings to life. */
export const EMULATED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::ApiDestination',
  'AWS::Events::Archive',
  'AWS::Events::Connection',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Version',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);

/** Resource types whose policies the runtime enforces: `iam/` reads them. */
export const ENFORCED: ReadonlySet<string> = new Set([
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Resource types that a pipeline without a real account can do without, and why. `README.md` lists them too. */
export const ACCEPTED: ReadonlyMap<string, string> = new Map([
  ['AWS::CDK::Metadata', 'usage statistics'],
  ['AWS::Chatbot::SlackChannelConfiguration', 'nobody is told'],
  ['AWS::CloudWatch::Alarm', 'alarms are not evaluated'],
  ['AWS::CloudWatch::CompositeAlarm', 'alarms are not evaluated'],
  ['AWS::CloudWatch::Dashboard', 'dashboards are not drawn'],
  ['AWS::EventSchemas::Registry', 'nobody looks schemas up'],
  ['AWS::EventSchemas::Schema', 'nobody looks schemas up'],
  ['AWS::KMS::Alias', 'nothing is encrypted'],
  ['AWS::KMS::Key', 'nothing is encrypted'],
  ['AWS::Logs::LogGroup', 'log lines go to the terminal'],
  ['AWS::Logs::MetricFilter', 'metrics are not computed'],
  ['AWS::Logs::QueryDefinition', 'there is no Logs Insights'],
  ['AWS::Logs::ResourcePolicy', 'log lines go to the terminal'],
  ['AWS::Scheduler::Schedule', 'nothing runs by the clock; what is scheduled reads CloudWatch, which is not there'],
  ['AWS::SNS::Subscription', 'nobody is told'],
  ['AWS::SNS::Topic', 'nobody is told'],
  ['AWS::SNS::TopicPolicy', 'nobody is told'],
  ['AWS::StepFunctions::StateMachine', 'that a rule starts one can be observed; none runs'],
  [
    'AWS::SSM::Document',
    'the calls of their steps can be made here by hand; `test/flow/automations.test.ts` makes them',
  ],
]);
