/** Time as a port, so that leases and tolerances can be tested without waiting. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
}
