import { describe, expect, it } from 'vitest';
import { patternsIn } from '../../conformance/event-ruler/rule-patterns.ts';

const rule = (EventPattern: unknown) => ({ Type: 'AWS::Events::Rule', Properties: { EventPattern } });

describe('the patterns of templates', () => {
  it('are those of rules and archives, each once', () => {
    const Archive = { Type: 'AWS::Events::Archive', Properties: { EventPattern: { source: ['a'] } } };
    const Timer = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 hour)' } };
    const Resources = { Archive, Timer, One: rule({ source: ['b'] }), Same: rule({ source: ['b'] }) };

    expect(patternsIn([{ Resources }])).toEqual(['{"source":["a"]}', '{"source":["b"]}']);
  });

  it.each([[{ Ref: 'AWS::AccountId' }], [{ 'Fn::GetAtt': ['Bus', 'Arn'] }]])('hold no reference: %j', (reference) => {
    expect(() => patternsIn([{ Resources: { Rule: rule({ account: [reference] }) } }])).toThrow('The pattern of Rule');
  });
});
