/** A template, or the assembly around it, that the runtime cannot read. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
