import { type AutomationContent, type AutomationStep, untilDone } from './automation-content.ts';

const LONGEST_REPLAY_SECONDS = 24 * 60 * 60;
const TIME = {
  type: 'String',
  allowedPattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
} as const;

/** Sends archived events through chosen rules again. `fanout replay` finds a domain's rules by itself. */
export function replayArchive(
  stageName: string,
  arns: { readonly archive: string; readonly bus: string },
  approval: readonly AutomationStep[],
): AutomationContent {
  const replay = `${stageName}-{{ automation:EXECUTION_ID }}`;
  const look = { Service: 'events', Api: 'DescribeReplay', ReplayName: replay };
  return {
    description:
      'Sends the archived events of a span of time through the given rules again: projections are repaired, reactions are not repeated. Let ten minutes pass after the last event, for the archive lags behind.',
    parameters: {
      From: { ...TIME, description: 'First moment of publishing, UTC: 2026-11-24T09:00:00Z.' },
      To: { ...TIME, description: 'Last moment of publishing, UTC.' },
      RuleArns: {
        type: 'StringList',
        description: 'ARNs of the rules of this bus whose targets get the events.',
        allowedPattern: `^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:rule/${stageName}/[A-Za-z0-9._-]+$`,
      },
    },
    mainSteps: [
      ...approval,
      {
        name: 'StartTheReplay',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        inputs: {
          Service: 'events',
          Api: 'StartReplay',
          ReplayName: replay,
          EventSourceArn: arns.archive,
          EventStartTime: '{{ From }}',
          EventEndTime: '{{ To }}',
          Destination: { Arn: arns.bus, FilterArns: '{{ RuleArns }}' },
        },
        outputs: [{ Name: 'ReplayArn', Selector: '$.ReplayArn', Type: 'String' }],
      },
      ...untilDone(look, '$.State', { good: 'COMPLETED', bad: ['FAILED', 'CANCELLED'] }, LONGEST_REPLAY_SECONDS),
    ],
  };
}
