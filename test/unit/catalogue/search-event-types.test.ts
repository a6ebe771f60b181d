import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#shared/catalogue/event-types.ts';
import { searchEventTypes } from '#shared/catalogue/search-event-types.ts';

const found = (text: string) => searchEventTypes(text).map(({ type }) => type);

describe('searchEventTypes', () => {
  it('finds part of a name, whatever the case', () => {
    expect(found('Dispute.Funds')).toEqual([
      'charge.dispute.funds_reinstated',
      'charge.dispute.funds_withdrawn',
      'issuing_dispute.funds_reinstated',
      'issuing_dispute.funds_rescinded',
    ]);
  });

  it('finds words of the description and the object in any order', () => {
    expect(found('days TRIAL subscription end')).toContain('customer.subscription.trial_will_end');
    expect(found('bank_account')).toContain('account.external_account.created');
  });

  it('puts types with the text in their name before those that only mention it', () => {
    const types = found('subscription');

    const firstMention = types.findIndex((type) => !type.includes('subscription'));
    expect(firstMention).toBeGreaterThan(0);
    expect(types.slice(firstMention).filter((type) => type.includes('subscription'))).toEqual([]);
  });

  it('finds all for an empty text and none for nonsense', () => {
    expect(searchEventTypes(' ')).toHaveLength(EVENT_TYPES.length);
    expect(found('no such event at all')).toEqual([]);
  });
});
