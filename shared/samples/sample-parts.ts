/** Pieces that many Stripe objects hold. */
export const NO_ADDRESS = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
} as const;

export const ADDRESS = {
  city: 'Portland',
  country: 'US',
  line1: '12 Example Street',
  line2: null,
  postal_code: '97201',
  state: 'OR',
} as const;

export const BILLING_DETAILS = {
  address: ADDRESS,
  email: 'rider@example.com',
  name: 'Example Rider',
  phone: '+15005550006',
  tax_id: null,
} as const;

export const NO_REQUIREMENTS = {
  alternatives: [],
  currently_due: [],
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
} as const;

export const NO_AUTOMATIC_TAX = {
  disabled_reason: null,
  enabled: false,
  liability: null,
  provider: null,
  status: null,
} as const;

/** One page that holds everything. */
export function listOf<const T>(url: string, data: readonly T[]) {
  return { object: 'list', data, has_more: false, url } as const;
}
