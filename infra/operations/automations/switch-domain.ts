import { type AutomationContent, untilDone } from './automation-content.ts';

/** Seconds in which Lambda has switched a mapping, by far. */
const SWITCHED_AFTER = 15 * 60;

/**
 * Takes a domain's handler off its queue, or puts it back. The rule is never touched: events wait in the queue.
 * @param functionName of the handler of the domain whose name is given
 */
export function switchDomain(
  to: 'on' | 'off',
  domains: readonly string[],
  functionName: (domain: string) => string,
): AutomationContent {
  const mapping = '{{ FindTheMapping.Mapping }}';
  const look = { Service: 'lambda', Api: 'GetEventSourceMapping', UUID: mapping };
  return {
    description:
      to === 'off'
        ? 'Stops the handler of a domain. Its events wait in the queue, which keeps them for four days: resume before.'
        : 'Lets the handler of a domain work again.',
    parameters: { Domain: { type: 'String', description: 'Whose handler.', allowedValues: domains } },
    mainSteps: [
      {
        name: 'FindTheMapping',
        action: 'aws:executeAwsApi',
        onFailure: 'Abort',
        inputs: { Service: 'lambda', Api: 'ListEventSourceMappings', FunctionName: functionName('{{ Domain }}') },
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
