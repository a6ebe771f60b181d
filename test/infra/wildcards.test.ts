import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesize } from './synthesize.ts';

interface Statement {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** What roles may do on more than one named resource: the statement's Sid, or its actions, and why. */
const REASONS: Readonly<Record<string, string>> = {
  'xray:PutTelemetryRecords,xray:PutTraceSegments': 'X-Ray has no resource to name.',
  StoreLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  ReadLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  KeepLargeEvents: 'Each event has a key of its own, below one prefix of one bucket.',
  KeepLargeObjects: 'Each object has a key of its own, below one prefix of one bucket.',
  ReadMetrics: 'GetMetricData has no resource to name.',
  FindReplays: 'ListReplays has no resource to name; what it lists is filtered by archive.',
  ReadReplays: 'Whoever replays chooses the name.',
  FindMappings: 'ListEventSourceMappings has no resource to name; what it lists is filtered by function.',
  SwitchDrains: 'The id of a mapping is known after the deployment only; a condition names the functions.',
  StartReplays: 'Each replay has a name of its own; all begin with the name of the stage.',
  WatchReplays: 'Each replay has a name of its own; all begin with the name of the stage.',
};

const statements = Object.values(synthesize()).flatMap((template) =>
  Object.values(resourcesOf(template, 'AWS::IAM::Policy')).flatMap(
    ({ Properties }): Statement[] => Properties.PolicyDocument.Statement,
  ),
);
const nameOf = ({ Sid, Action }: Statement) => Sid ?? [Action].flat().toSorted().join();

describe('what roles may do', () => {
  it('names every action', () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('names every resource, but where a reason stands here, and no reason stands here for nothing', () => {
    const wild = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('*'));

    expect([...new Set(wild.map(nameOf))].toSorted()).toEqual(Object.keys(REASONS).toSorted());
  });
});
