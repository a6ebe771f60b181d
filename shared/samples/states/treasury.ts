import { CREATED } from '../sample-ids.ts';
import type { SampleState } from '../sample-state.ts';

const NEVER_INBOUND = { canceled_at: null, failed_at: null, succeeded_at: null } as const;

const NEVER_OUTBOUND = { canceled_at: null, failed_at: null, posted_at: null, returned_at: null } as const;

export const TREASURY_STATES = {
  'treasury.credit_reversal.posted': { now: { status: 'posted', status_transitions: { posted_at: CREATED } } },
  'treasury.debit_reversal.completed': { now: { status: 'succeeded', status_transitions: { completed_at: CREATED } } },
  'treasury.financial_account.closed': {
    now: { status: 'closed', status_details: { closed: { reasons: ['closed_by_platform'] } } },
  },
  'treasury.inbound_transfer.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_INBOUND, canceled_at: CREATED } },
  },
  'treasury.inbound_transfer.failed': {
    now: {
      cancelable: false,
      failure_details: { code: 'insufficient_funds' },
      status: 'failed',
      status_transitions: { ...NEVER_INBOUND, failed_at: CREATED },
    },
  },
  'treasury.inbound_transfer.succeeded': {
    now: { cancelable: false, status: 'succeeded', status_transitions: { ...NEVER_INBOUND, succeeded_at: CREATED } },
  },
  'treasury.outbound_payment.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_OUTBOUND, canceled_at: CREATED } },
  },
  'treasury.outbound_payment.failed': {
    now: { cancelable: false, status: 'failed', status_transitions: { ...NEVER_OUTBOUND, failed_at: CREATED } },
  },
  'treasury.outbound_payment.posted': {
    now: { cancelable: false, status: 'posted', status_transitions: { ...NEVER_OUTBOUND, posted_at: CREATED } },
  },
  'treasury.outbound_payment.returned': {
    now: {
      cancelable: false,
      returned_details: { code: 'account_closed', transaction: 'trxn_1SfExampleReturn00000001' },
      status: 'returned',
      status_transitions: { ...NEVER_OUTBOUND, returned_at: CREATED },
    },
  },
  'treasury.outbound_payment.tracking_details_updated': {
    now: { tracking_details: { ach: { trace_id: '110000000012345' }, type: 'ach' } },
    before: { tracking_details: null },
  },
  'treasury.outbound_payment.expected_arrival_date_updated': { before: { expected_arrival_date: CREATED + 86_400 } },
  'treasury.outbound_transfer.canceled': {
    now: { cancelable: false, status: 'canceled', status_transitions: { ...NEVER_OUTBOUND, canceled_at: CREATED } },
  },
  'treasury.outbound_transfer.failed': {
    now: { cancelable: false, status: 'failed', status_transitions: { ...NEVER_OUTBOUND, failed_at: CREATED } },
  },
  'treasury.outbound_transfer.posted': {
    now: { cancelable: false, status: 'posted', status_transitions: { ...NEVER_OUTBOUND, posted_at: CREATED } },
  },
  'treasury.outbound_transfer.returned': {
    now: {
      cancelable: false,
      returned_details: { code: 'account_closed', transaction: 'trxn_1SfExampleReturn00000001' },
      status: 'returned',
      status_transitions: { ...NEVER_OUTBOUND, returned_at: CREATED },
    },
  },
  'treasury.outbound_transfer.tracking_details_updated': {
    now: { tracking_details: { ach: { trace_id: '110000000012345' }, type: 'ach' } },
    before: { tracking_details: null },
  },
  'treasury.outbound_transfer.expected_arrival_date_updated': { before: { expected_arrival_date: CREATED + 86_400 } },
  'treasury.received_credit.failed': { now: { status: 'failed', failure_code: 'account_frozen', transaction: null } },
} as const satisfies Readonly<Record<string, SampleState>>;
