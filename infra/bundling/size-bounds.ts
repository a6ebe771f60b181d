/** The most KiB of code that a function may load at a cold start, where that is promised. */
export const MOST_COLD_START_KIB = { ingress: 285, handler: 290 } as const;
