/** What a synchronous invocation takes and gives at most, in bytes. */
export const PAYLOAD_LIMIT = 6 * 1024 * 1024;
