/** What one look found. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warn' | 'error';
  readonly what: string;
  /** One sentence or command; absent where all is well. */
  readonly remedy?: string;
}

export function ok(check: string, what: string): Finding {
  return { check, level: 'ok', what };
}

export function warn(check: string, what: string, remedy: string): Finding {
  return { check, level: 'warn', what, remedy };
}

export function error(check: string, what: string, remedy: string): Finding {
  return { check, level: 'error', what, remedy };
}
