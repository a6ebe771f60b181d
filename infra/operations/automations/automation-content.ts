/** A parameter that whoever starts the automation fills in; SSM refuses what does not fit. */
interface AutomationParameter {
  readonly type: 'String' | 'StringList' | 'Integer';
  readonly description: string;
  readonly allowedValues?: readonly (string | number)[];
  readonly allowedPattern?: string;
  readonly default?: string | number;
}

export interface AutomationStep {
  readonly name: string;
  readonly action:
    | 'aws:approve'
    | 'aws:executeAwsApi'
    | 'aws:waitForAwsResourceProperty'
    | 'aws:assertAwsResourceProperty';
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What later steps use, picked out of the answer by a JSON path. */
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string; readonly Type: 'String' }[];
  readonly timeoutSeconds?: number;
  readonly onFailure?: 'Abort';
}

/** An SSM Automation document, but for the role it acts as. */
export interface AutomationContent {
  readonly description: string;
  readonly parameters: Readonly<Record<string, AutomationParameter>>;
  readonly mainSteps: readonly AutomationStep[];
}

/**
 * Steps that look at something until it has come to an end, and fail when that is not the good one: waiting for the
 * good end alone would wait for hours after a failure.
 */
export function untilDone(
  look: Readonly<Record<string, unknown>>,
  property: string,
  ends: { readonly good: string; readonly bad: readonly string[] },
  timeoutSeconds: number,
): AutomationStep[] {
  return [
    {
      name: 'WaitForTheEnd',
      action: 'aws:waitForAwsResourceProperty',
      timeoutSeconds,
      onFailure: 'Abort',
      inputs: { ...look, PropertySelector: property, DesiredValues: [ends.good, ...ends.bad] },
    },
    {
      name: 'FailUnlessGood',
      action: 'aws:assertAwsResourceProperty',
      onFailure: 'Abort',
      inputs: { ...look, PropertySelector: property, DesiredValues: [ends.good] },
    },
  ];
}
