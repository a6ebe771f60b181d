import { type AutomationContent, untilDone } from './automation-content.ts';

/** Seconds in which Lambda has switched a mapping, by far. */
const SWITCHED_AFTER = 15 * 60;

/**
 * Takes the function that drains a queue off it, or puts it back. The rule is never touched: events wait in the queue.
 * @param queueArn of the queue whose owner's name is given
 */
export function switchDomain(
  to: 'on' | 'off',
  owners: readonly string[],
  queueArn: (owner: string) => string,
): AutomationContent {
  const mapping = '{{ FindTheMapping.Mapping }}';
  const look = { Service: 'lambda', Api: 'GetEventSourceMapping', UUID: mapping };
  return {
    description:
      to === 'off'
        ? 'Stops the handling of a domain. Its events wait in the queue, which keeps them for four days: resume before.'
        : 'Lets the events of a domain be handled again.',
    parameters: { Domain: { type: 'String', description: 'Whose queue.', allowedValues: owners } },
    mainSteps: [
      {
        name: 'FindTheMapping',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        inputs: { Service: 'lambda', Api: 'ListEventSourceMappings', EventSourceArn: queueArn('{{ Domain }}') },
        outputs: [{ Name: 'Mapping', Selector: '$.EventSourceMappings[0].UUID', Type: 'String' }],
      },
      {
        name: 'Switch',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        inputs: { Service: 'lambda', Api: 'UpdateEventSourceMapping', UUID: mapping, Enabled: to === 'on' },
      },
      ...untilDone(look, '$.State', { good: to === 'on' ? 'Enabled' : 'Disabled', bad: [] }, SWITCHED_AFTER),
    ],
  };
}
