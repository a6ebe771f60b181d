/** What stands for the event's id in the saved query. */
export const EVENT_PLACEHOLDER = 'evt_…';

/**
 * One event through all functions, in order of time: every line that our code writes about an event has its id in the
 * field `event`, and a message says which stage it was.
 */
export const FOLLOW_EVENT_QUERY = [
  'fields @timestamp, service, message, type, outcome, code, reason, reaction, receive',
  `filter event = "${EVENT_PLACEHOLDER}"`,
  'sort @timestamp asc',
].join('\n| ');

/** What failed, and how often: the first look at any trouble. */
export const FAILURES_QUERY = [
  'filter level in ["WARN", "ERROR"]',
  'stats count(*) as times, latest(event) as example, latest(reason) as why by service, message, code',
  'sort times desc',
].join('\n| ');

/** Types that no rule covers, and how many of each came. */
export const UNRECOGNIZED_TYPES_QUERY = [
  'filter message = "handled" and domain = "unrecognized"',
  'stats count(*) as times, earliest(@timestamp) as first, latest(event) as example by type, outcome',
  'sort first asc',
].join('\n| ');
