/** Key of an event in the payload bucket: everything below `events/` expires after archive and ledger forgot it. */
export function eventPayloadKey(eventId: string): string {
  return `events/${eventId}.json`;
}
