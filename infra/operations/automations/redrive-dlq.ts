import { type AutomationContent, type AutomationStep, untilDone } from './automation-content.ts';

/** SQS ends a move after 36 hours. */
const LONGEST_MOVE_SECONDS = 36 * 60 * 60;

/**
 * Moves all messages of a DLQ back to its queue. For some of them only, by type, reason or age: `fanout dlq redrive`.
 * @param queueArn of the queue whose owner's name is given
 */
export function redriveDlq(
  owners: readonly string[],
  arns: { queue(owner: string): string; deadLetterQueue(owner: string): string },
  approval: readonly AutomationStep[],
): AutomationContent {
  const source = arns.deadLetterQueue('{{ Domain }}');
  const look = { Service: 'sqs', Api: 'ListMessageMoveTasks', SourceArn: source, MaxResults: 1 };
  return {
    description:
      'Moves every message of a DLQ back to its queue and waits for the end. Mend the cause first: what still fails comes back. Stop it with sqs CancelMessageMoveTask.',
    parameters: {
      Domain: { type: 'String', description: 'Whose DLQ.', allowedValues: owners },
      MaxPerSecond: {
        type: 'Integer',
        description: 'Messages a second. Start low and watch the alarms.',
        allowedValues: [1, 5, 10, 50, 100, 500],
        default: 10,
      },
    },
    mainSteps: [
      ...approval,
      {
        name: 'StartTheMove',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        inputs: {
          Service: 'sqs',
          Api: 'StartMessageMoveTask',
          SourceArn: source,
          // Messages that a rule put there do not say where they came from.
          DestinationArn: arns.queue('{{ Domain }}'),
          MaxNumberOfMessagesPerSecond: '{{ MaxPerSecond }}',
        },
        outputs: [{ Name: 'TaskHandle', Selector: '$.TaskHandle', Type: 'String' }],
      },
      ...untilDone(
        look,
        '$.Results[0].Status',
        { good: 'COMPLETED', bad: ['FAILED', 'CANCELLED'] },
        LONGEST_MOVE_SECONDS,
      ),
    ],
  };
}
