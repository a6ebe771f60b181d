/**
 * Keys of the signing secrets' text beside the destinations' names, which never begin with an underscore: whose each
 * secret is, and which ones a rotation waits for.
 */
export const OWNERS_KEY = '_owners';
export const AWAITED_KEY = '_awaited';
