import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { stageName } from '#shared/naming/resource-names.ts';
import { FAILURES_QUERY, FOLLOW_EVENT_QUERY, UNRECOGNIZED_TYPES_QUERY } from '../operations/log-queries.ts';

export interface SavedQueriesProps {
  readonly stage: string;
  /** Names of the functions whose logs are searched. */
  readonly functionNames: readonly string[];
}

/** Queries that stand ready in CloudWatch Logs Insights, over the logs of all functions. Saving them costs nothing. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, functionNames }: SavedQueriesProps) {
    super(scope, id);
    const logGroupNames = functionNames.map((name) => `/aws/lambda/${name}`);
    const save = (id: string, name: string, queryString: string) =>
      new CfnQueryDefinition(this, id, { name: `${stageName(stage)}/${name}`, queryString, logGroupNames });

    save('FollowEvent', 'Follow one event', FOLLOW_EVENT_QUERY);
    save('Failures', 'What failed and how often', FAILURES_QUERY);
    save('UnrecognizedTypes', 'Types that no rule covers', UNRECOGNIZED_TYPES_QUERY);
  }
}
