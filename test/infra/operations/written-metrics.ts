/** Metrics that AWS writes by itself and that we look at, by namespace, as its documentation lists them. */
export const WRITTEN_BY_AWS: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': ['Count', '4xx', '5xx'],
  'AWS/Events': [
    'FailedInvocations',
    'InvocationsFailedToBeSentToDlq',
    'InvocationsSentToDlq',
    'MatchedEvents',
    'ThrottledRules',
  ],
  'AWS/Lambda': ['Duration', 'Errors', 'Throttles'],
  'AWS/SQS': [
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesVisible',
  ],
};
