export type FieldType = 'array' | 'boolean' | 'null' | 'number' | 'object' | 'string';

/** A field of a Stripe object itself, as the `stripe` package declares it. */
export interface ObjectField {
  /** What can stand there; a reference to another object is its id, or the object where somebody expanded it. */
  readonly types: readonly FieldType[];
  /** It is always there. */
  readonly required?: true;
  /** The texts that were known when this version was made; Stripe adds others at any time. */
  readonly values?: readonly string[];
}
