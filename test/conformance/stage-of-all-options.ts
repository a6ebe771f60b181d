import type { StageConfig } from '#infra/configuration/stage-config.ts';
import { STAGE_OF_OPTIONS } from '../flow/stage-of-options.ts';

/** A stage with every option that adds a resource or a rule: also subscribers of other accounts, plain and choosy. */
export const STAGE_OF_ALL_OPTIONS: StageConfig = {
  ...STAGE_OF_OPTIONS,
  subscribers: [
    { name: 'dunning', account: '222222222222', owner: 'payments', events: ['invoice.payment_failed'] },
    {
      name: 'trials',
      account: '222222222222',
      owner: 'growth',
      events: ['customer.subscription.*', 'customer.updated'],
      where: { livemode: true, account: 'connected', object: { status: ['active', { prefix: 'trial' }] } },
      replay: 'both',
    },
  ],
};
