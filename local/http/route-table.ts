import type { FunctionDefinition } from '../lambda/function-definition.ts';

/** A route of the HTTP API and the function behind it. */
export interface Route {
  /** As in the template: `POST /webhooks/stripe/{destination}`, or `$default`. */
  readonly key: string;
  readonly function: FunctionDefinition;
  /** What is invoked: the function's ARN, or that of an alias of it. */
  readonly invokes: string;
  /** What API Gateway calls the function from: `arn:aws:execute-api:…/<stage>/<method>/<path>`. */
  readonly sourceArn: string;
}

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds a request's route as API Gateway does: a fixed segment before a parameter, a parameter before `{proxy+}`, the
 * method before `ANY`, and `$default` last.
 * @param path without the query, percent-encoding as sent
 */
export function findRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const matches = routes.flatMap((route) => {
    const match = matchRoute(route, method, path);
    return match ? [match] : [];
  });
  matches.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return matches[0];
}

function matchRoute(route: Route, method: string, path: string): (RouteMatch & { rank: string }) | undefined {
  if (route.key === '$default') return { route, pathParameters: {}, rank: '~' };
  const [wantedMethod = '', pattern = ''] = route.key.split(' ');
  if (wantedMethod !== 'ANY' && wantedMethod !== method) return undefined;
  const wanted = pattern.split('/');
  const segments = path.split('/');
  const pathParameters: Record<string, string> = {};
  let rank = '';
  for (const [i, segment] of wanted.entries()) {
    const name = /^\{([^}+]+)(\+?)\}$/.exec(segment);
    const value = name?.[2] ? segments.slice(i).join('/') : segments[i];
    if (value === undefined || (name ? value === '' : value !== segment)) return undefined;
    rank += name ? (name[2] ? '3' : '2') : '1';
    if (name?.[1]) pathParameters[name[1]] = decode(value);
    if (name?.[2]) return { route, pathParameters, rank };
  }
  if (segments.length !== wanted.length) return undefined;
  return { route, pathParameters, rank: rank + (wantedMethod === 'ANY' ? '2' : '1') };
}

/** A malformed escape is handed on as it came. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
