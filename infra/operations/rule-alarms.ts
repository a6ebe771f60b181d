import type { AlarmSpec } from './alarm-spec.ts';
import { ourTotal, ruleTotal } from './metrics.ts';

/**
 * Each is one query over all rules, for 74 rules times four metrics would be 296 alarms. EventBridge writes these
 * metrics only when they are not zero.
 */
export function ruleAlarms(stage: string): AlarmSpec[] {
  return [
    { kind: 'rules-fail', metric: ruleTotal(stage, 'FailedInvocations'), threshold: 0 },
    { kind: 'rules-send-to-dlq', metric: ruleTotal(stage, 'InvocationsSentToDlq'), threshold: 0 },
    { kind: 'rules-lose-events', metric: ruleTotal(stage, 'InvocationsFailedToBeSentToDlq'), threshold: 0 },
    // A burst beyond the Region's rate is smoothed by design; a quarter of an hour of it is too small a quota.
    { kind: 'rules-throttled', metric: ruleTotal(stage, 'ThrottledRules'), threshold: 0, datapoints: 3, of: 3 },
    { kind: 'bus-refuses-events', metric: ourTotal(stage, 'BusRefused'), threshold: 0 },
  ];
}
