/** Resource types the runtime brings to life. */
export const EMULATED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);

/** Resource types that a pipeline without a real account can do without, and why. `README.md` lists them too. */
export const ACCEPTED: ReadonlyMap<string, string> = new Map([
  ['AWS::CDK::Metadata', 'usage statistics'],
  ['AWS::CloudWatch::Alarm', 'alarms are not evaluated'],
  ['AWS::CloudWatch::CompositeAlarm', 'alarms are not evaluated'],
  ['AWS::CloudWatch::Dashboard', 'dashboards are not drawn'],
  ['AWS::Events::EventBusPolicy', 'permissions are not enforced'],
  ['AWS::IAM::ManagedPolicy', 'permissions are not enforced'],
  ['AWS::IAM::Policy', 'permissions are not enforced'],
  ['AWS::IAM::Role', 'permissions are not enforced'],
  ['AWS::KMS::Alias', 'nothing is encrypted'],
  ['AWS::KMS::Key', 'nothing is encrypted'],
  ['AWS::Lambda::Permission', 'permissions are not enforced'],
  ['AWS::Logs::LogGroup', 'log lines go to the terminal'],
  ['AWS::Logs::MetricFilter', 'metrics are not computed'],
  ['AWS::Logs::ResourcePolicy', 'permissions are not enforced'],
  ['AWS::S3::BucketPolicy', 'permissions are not enforced'],
  ['AWS::SecretsManager::ResourcePolicy', 'permissions are not enforced'],
  ['AWS::SQS::QueuePolicy', 'permissions are not enforced'],
]);
