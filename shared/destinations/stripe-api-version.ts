/**
 * The API version that snapshots come in and objects are fetched in, where a stage names no other: that of the
 * installed `stripe` package, whose types the reactions have.
 */
export const DEFAULT_STRIPE_API_VERSION = '2026-10-28.endive';
