import { IDS } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

export const CONNECT_STATES = {
  'account.external_account.updated': { before: { default_for_currency: false } },
  'account.updated': { before: { charges_enabled: false } },
  'application_fee.refund.updated': { before: { metadata: { reason: null } } },
  'application_fee.refunded': { now: { amount_refunded: 210, refunded: true } },
  'capability.updated': { before: { status: 'pending' } },
  'person.updated': { before: { id_number_provided: false } },
  'topup.canceled': { now: { status: 'canceled' } },
  'topup.failed': {
    now: { status: 'failed', failure_code: 'insufficient_funds', failure_message: 'The debit was returned.' },
  },
  'topup.reversed': { now: { status: 'reversed' } },
  'topup.succeeded': { now: { status: 'succeeded', balance_transaction: IDS.balanceTransaction } },
  'transfer.reversed': { now: { amount_reversed: 3_600, reversed: true } },
} as const satisfies Readonly<Record<string, SampleState>>;
