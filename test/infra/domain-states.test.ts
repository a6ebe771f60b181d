import { describe, expect, it } from 'vitest';
import { resourcesOf, resourceWhere, synthesize } from './synthesize.ts';

const on = synthesize();
const draining = synthesize({ domains: { tax: { state: 'draining' } } });
const off = synthesize({ domains: { tax: { state: 'off', drained: '2026-11-24' } } });

type Synthesized = ReturnType<typeof synthesize>;
const targetsOf = ({ pipeline }: Synthesized, rule: string) =>
  resourceWhere(pipeline, 'AWS::Events::Rule', 'Name', `stripe-fanout-dev-${rule}`).Properties.Targets;
const handlers = ({ pipeline }: Synthesized) =>
  Object.values(resourcesOf(pipeline, 'AWS::Lambda::Function')).map(({ Properties }) => Properties.FunctionName);
const mappings = ({ pipeline }: Synthesized) =>
  Object.keys(resourcesOf(pipeline, 'AWS::Lambda::EventSourceMapping')).length;
const queues = ({ data }: Synthesized) =>
  Object.values(resourcesOf(data, 'AWS::SQS::Queue')).map(({ Properties }) => Properties.QueueName);

describe('a domain that is draining', () => {
  it('gets no new messages: its rules stay without a target', () => {
    expect(targetsOf(draining, 'Tax')).toBeUndefined();
  });

  it('keeps its handler and its mapping for what is in the queue', () => {
    expect(handlers(draining)).toContain('stripe-fanout-dev-handler-tax');
    expect(mappings(draining)).toBe(mappings(on));
  });
});

describe('a domain that is off', () => {
  it('keeps its rules without a target, so that EventBridge counts its events', () => {
    expect(targetsOf(off, 'Tax')).toBeUndefined();
    expect(targetsOf(off, 'Billing')).toHaveLength(1);
  });

  it('has no handler and no mapping', () => {
    expect(handlers(off)).toEqual(handlers(on).filter((name) => name !== 'stripe-fanout-dev-handler-tax'));
    expect(mappings(off)).toBe(mappings(on) - 1);
  });

  it('keeps its queues', () => {
    expect(queues(off)).toEqual(queues(on));
  });

  it('leaves the exports of the Data stack as they were, or the deployment would be refused', () => {
    expect(off.data.findOutputs('*')).toEqual(on.data.findOutputs('*'));
    expect(draining.data.findOutputs('*')).toEqual(on.data.findOutputs('*'));
  });

  it.each(['capital', 'crypto', 'forwarding'])('is %s unless switched on', (domain) => {
    expect(handlers(on)).not.toContain(`stripe-fanout-dev-handler-${domain}`);
    expect(queues(on)).toContain(`stripe-fanout-dev-${domain}`);
  });
});
