/** Types that cost nothing by themselves: what they do is billed elsewhere, by use. */
export const FREE: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'by request',
  'AWS::ApiGatewayV2::Integration': 'by request',
  'AWS::ApiGatewayV2::Route': 'by request',
  'AWS::ApiGatewayV2::Stage': 'by request',
  'AWS::CDK::Metadata': 'a note',
  'AWS::DynamoDB::GlobalTable': 'by request and by what it holds',
  'AWS::EventSchemas::Registry': 'only schema discovery is billed, which is not used',
  'AWS::EventSchemas::Schema': 'only schema discovery is billed, which is not used',
  'AWS::Events::EventBus': 'by event',
  'AWS::Events::EventBusPolicy': 'a permission',
  'AWS::IAM::ManagedPolicy': 'a permission',
  'AWS::IAM::Policy': 'a permission',
  'AWS::IAM::Role': 'a permission',
  'AWS::KMS::Alias': 'a name',
  'AWS::Lambda::Permission': 'a permission',
  'AWS::Lambda::Version': 'by invocation',
  'AWS::Logs::QueryDefinition': 'by what a query scans, when somebody runs it',
  'AWS::S3::BucketPolicy': 'a permission',
  'AWS::SNS::Topic': 'by message',
  'AWS::SNS::TopicPolicy': 'a permission',
  'AWS::SQS::Queue': 'by request',
  'AWS::SQS::QueuePolicy': 'a permission',
  'AWS::SSM::Document': 'by step, when somebody runs it',
  'AWS::Scheduler::ScheduleGroup': 'a name',
};

/** Types that may cost something, and why the bill does not say what: no price is in the list that it goes by. */
export const UNPRICED: Readonly<Record<string, string>> = {
  'AWS::Chatbot::SlackChannelConfiguration': 'messages to a chat channel: no price of Amazon Q Developer in the list',
  'AWS::SNS::Subscription':
    'messages to mail addresses and URLs: SNS bills them by the kind of recipient, not in the list',
};
