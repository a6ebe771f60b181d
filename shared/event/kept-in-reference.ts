const OBJECT = 'detail.data.object.';
const METADATA = `${OBJECT}metadata.`;

/**
 * Whether a pattern can look at a field also where the event is too large for the bus, and its entry only a reference:
 * of `data` that has the object's own scalars, and its metadata. (A list of the object's own looks like a scalar here.)
 * @param path of a pattern's field, with dots: `detail.data.object.status`
 */
export function isKeptInReference(path: string): boolean {
  if (path.startsWith(METADATA)) return true;
  if (path.startsWith(OBJECT)) return !path.slice(OBJECT.length).includes('.');
  return path !== 'detail.data' && !path.startsWith('detail.data.');
}
