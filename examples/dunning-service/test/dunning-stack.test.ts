import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DunningStack } from '../dunning-stack.ts';

describe('the stack', () => {
  it('subscribes to the two events, of invoices and subscriptions that are charged automatically', () => {
    const stack = new DunningStack(new App(), 'Test', { codeFolder: import.meta.dirname, stage: 'prod' });

    const [rule] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));

    deepEqual(rule?.Properties.EventPattern, {
      source: ['stripe'],
      'detail-type': ['invoice.payment_failed', 'customer.subscription.deleted'],
      detail: { data: { object: { collection_method: ['charge_automatically'] } } },
      'replay-name': [{ exists: false }],
    });
  });
});
