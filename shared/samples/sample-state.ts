/** How an object differs from the sample of its kind at the moment of an event. */
export interface SampleState {
  /** Top-level fields of `data.object`. */
  readonly now?: Readonly<Record<string, unknown>>;
  /** `previous_attributes`; where absent, an `…updated` event gets one changed field. */
  readonly before?: Readonly<Record<string, unknown>>;
}
