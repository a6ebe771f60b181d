/** A schedule has what cannot happen at that point: it is of another program, of other bounds, or of an older version. */
export class NoSuchChoice extends Error {
  override readonly name = 'NoSuchChoice';
}
