/** The month of a time, in UTC: `2026-11`. @param created Unix seconds */
export function monthOf(created: number): string {
  return new Date(created * 1000).toISOString().slice(0, 7);
}

/** Key in the objects table under which a month's authorizations of a card stand, each in a part of its own. */
export function spendingKey({ card, month }: { readonly card: string; readonly month: string }): `${string}:${string}` {
  return `spending:${card}:${month}`;
}
