/** One or several strings, as most forms of `anything-but` take them. */
type Strings = string | readonly string[];

/** What one value of an event is compared with. The matchers of one list are alternatives. */
export type ValueMatcher =
  | string
  | number
  | boolean
  | null
  | { readonly exactly: string }
  | { readonly prefix: string | { readonly 'equals-ignore-case': string } }
  | { readonly suffix: string | { readonly 'equals-ignore-case': string } }
  | { readonly 'equals-ignore-case': string }
  | { readonly wildcard: string }
  | { readonly cidr: string }
  | { readonly exists: boolean }
  | { readonly numeric: readonly (string | number)[] }
  | {
      readonly 'anything-but':
        | Strings
        | number
        | readonly number[]
        | { readonly prefix: Strings }
        | { readonly suffix: Strings }
        | { readonly wildcard: Strings }
        | { readonly 'equals-ignore-case': Strings };
    };

/**
 * An EventBridge event pattern as JSON: all named fields must match (each by one of its matchers), and under `$or`
 * at least one of the listed patterns.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export interface EventPattern {
  readonly [field: string]: readonly ValueMatcher[] | readonly EventPattern[] | EventPattern;
}
