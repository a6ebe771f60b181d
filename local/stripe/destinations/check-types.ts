import { comesAs } from '#shared/catalogue/comes-as.ts';
import { findEventType } from '#shared/catalogue/find-event-type.ts';
import { GENERATION_FAILURE } from '#shared/destinations/wanted-types.ts';
import { ApiError } from '../api/api-error.ts';

/**
 * Refuses what Stripe refuses in `enabled_events`: nothing, unknown names, names of the other payload style, and `*`
 * for thin events.
 * @throws {ApiError}
 */
export function checkTypes(types: readonly string[], payload: 'snapshot' | 'thin'): void {
  const param = 'enabled_events';
  if (types.length === 0) throw new ApiError(400, 'enabled_events must name at least one event type.', { param });
  for (const name of types) {
    if (name === '*' && payload === 'snapshot') continue;
    if (name === GENERATION_FAILURE && payload === 'thin') continue;
    const entry = findEventType(name);
    const own = payload === 'thin' ? entry?.thin?.type : entry?.type;
    if (entry !== undefined && own === name && entry.legacy !== true && comesAs(entry, payload)) continue;
    throw new ApiError(400, `Invalid enabled_events: ${name} is not one of the ${payload} event types.`, { param });
  }
}
