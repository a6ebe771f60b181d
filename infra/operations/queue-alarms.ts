import {
  busDeadLetterQueueName,
  deadLetterQueueName,
  type QueueOwner,
  queueName,
} from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import { queueMetric } from './metrics.ts';

/**
 * Two for each queue that something drains. Nothing new comes into the others, of domains that are off and of ways in
 * that the stage does not have: `expire-soon` announces what an earlier configuration left in them.
 */
export function queueAlarms({ stage, alarms }: StageSettings, drained: readonly QueueOwner[]) {
  const deadLetters = (kind: 'dead-letters' | 'bus-dead-letters', queue: string): AlarmSpec => ({
    kind,
    // SQS goes on writing it for as long as a message is there.
    metric: queueMetric(queue, 'ApproximateNumberOfMessagesVisible'),
    threshold: 0,
  });
  return [
    ...drained.map((owner) => ({
      ...deadLetters('dead-letters', deadLetterQueueName(stage, owner)),
      subject: owner,
    })),
    deadLetters('bus-dead-letters', busDeadLetterQueueName(stage)),
    // Nobody is woken because a row shows what its last event said, and not yet what Stripe says now.
    ...drained
      .filter((owner) => owner !== 'refresh')
      .map(
        (owner): AlarmSpec => ({
          kind: 'late',
          subject: owner,
          metric: queueMetric(queueName(stage, owner), 'ApproximateAgeOfOldestMessage'),
          threshold: alarms.lateAfterMinutes * 60,
          datapoints: 2,
          of: 2,
        }),
      ),
  ];
}
