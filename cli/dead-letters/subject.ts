import { isRecord } from '#shared/event/stripe-event.ts';

/** Which event a message holds. */
export interface Subject {
  /** Stripe's id; `message:<id>` for a message that holds no event, as the handlers record it. */
  readonly event: string;
  readonly type: string;
  readonly account?: string;
}

/** Reads it from the body, as far as it can be told. */
export function subjectOf({ messageId, body }: { readonly messageId: string; readonly body: string }): Subject {
  const detail = detailOf(body);
  if (typeof detail.id !== 'string') return { event: `message:${messageId}`, type: 'unknown' };
  const { id, type, account, fanout } = detail;
  // The bus refused the event itself: its entry says which type it was.
  const refused = isRecord(fanout) && isRecord(fanout.refused) ? fanout.refused.type : undefined;
  return {
    event: id,
    type: String(refused ?? type ?? 'unknown'),
    ...(typeof account === 'string' ? { account } : {}),
  };
}

function detailOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const envelope: unknown = JSON.parse(body);
    return isRecord(envelope) && isRecord(envelope.detail) ? envelope.detail : {};
  } catch {
    return {};
  }
}
