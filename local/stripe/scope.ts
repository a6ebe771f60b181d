/** Whose objects and events: a mode of an account. */
export interface Scope {
  readonly livemode: boolean;
  /** A connected account; absent for the own one. */
  readonly account?: string | undefined;
}

/** The account that the local API keys belong to. */
export const OWN_ACCOUNT = 'acct_1LocalFanout000001';

/** One text for each scope. */
export function scopeKey({ livemode, account }: Scope): string {
  return `${livemode ? 'live' : 'test'}#${account === OWN_ACCOUNT ? '' : (account ?? '')}`;
}
