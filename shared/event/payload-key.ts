/**
 * Key of an event in the payload bucket: everything below `events/` expires after archive and ledger forgot it. What
 * became of a notification has a key of its own, for the notification may be stored as well.
 */
export function eventPayloadKey(eventId: string, payload: 'snapshot' | 'thin' | 'resolved'): string {
  return payload === 'resolved' ? `events/${eventId}.resolved.json` : `events/${eventId}.json`;
}
