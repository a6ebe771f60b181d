/** An object of parsed JSON, as opposed to a list, a scalar or `null`. */
export function isJsonObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
