import type { ApiAnswer, ApiCall } from '../api/api-call.ts';

/** One endpoint, or a family of them. */
export interface ApiRoute {
  readonly method: string;
  /** The whole path; its groups are handed to `answer`. */
  readonly path: RegExp;
  /** @throws {ApiError} */
  readonly answer: (call: ApiCall, groups: readonly string[]) => ApiAnswer | Promise<ApiAnswer>;
}

/** Finds the first route of a request; the order of the table decides between two that fit. */
export function findApiRoute(
  routes: readonly ApiRoute[],
  { method, path }: ApiCall,
): { readonly route: ApiRoute; readonly groups: readonly string[] } | undefined {
  for (const route of routes) {
    const groups = route.method === method ? route.path.exec(path) : null;
    if (groups) return { route, groups: groups.slice(1) };
  }
  return undefined;
}
