import type { Principal } from './principal.ts';

/** What a request's context says, by condition key: a list for keys that AWS calls multivalued. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One thing that has to be allowed: most API calls need one, a batch or a move needs several. */
export interface Requirement {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  readonly context?: RequestContext;
}

/** A requirement, and who asks for it. */
export interface Access extends Requirement {
  readonly principal: Principal;
}
