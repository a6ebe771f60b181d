/** Signs the benchmark's events. */
export const SECRET = 'whsec_bench';
