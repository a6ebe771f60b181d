/** What `npm audit` said of the installed packages. */
export type AuditOutcome =
  /** `why`: a status code of HTTP or a code of the network, where there is one. */
  | { readonly kind: 'not offered'; readonly why: string }
  | {
      readonly kind: 'judged';
      /** Packages with an advisory of any severity. */
      readonly packages: number;
      /** One line for each package with one of severity high or critical. */
      readonly findings: readonly string[];
    };

interface Report {
  readonly vulnerabilities: Readonly<Record<string, Vulnerability>>;
}

interface Vulnerability {
  readonly severity: string;
  /** Advisories, and names of packages through which one comes. */
  readonly via: readonly (string | { readonly title?: string; readonly url?: string; readonly severity?: string })[];
}

/** Of any package: each is bundled, or runs where the bundles are built. */
const FAILING: readonly string[] = ['high', 'critical'];

/**
 * @param text standard output of `npm audit --json`
 * @throws {Error} npm did not come as far as the registry
 */
export function auditOutcome(text: string): AuditOutcome {
  const said: unknown = JSON.parse(text);
  if (!isReport(said)) return { kind: 'not offered', why: whyNot(said) };
  const found = Object.entries(said.vulnerabilities);
  const failing = found.filter(([, { severity }]) => FAILING.includes(severity));
  return { kind: 'judged', packages: found.length, findings: failing.map(([name, found]) => finding(name, found)) };
}

function finding(name: string, { severity, via }: Vulnerability): string {
  const told = via.flatMap((cause) => {
    if (typeof cause === 'string') return [`through ${cause}`];
    return FAILING.includes(cause.severity ?? '') ? [`${cause.title} ${cause.url}`] : [];
  });
  return `${name} (${severity}): ${told.join('; ')}`;
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'auditReportVersion' in value && 'vulnerabilities' in value;
}

function whyNot(said: unknown): string {
  // npm's own errors, such as a missing lock, have no message beside `error`.
  if (typeof said !== 'object' || said === null || !('message' in said))
    throw new Error(`npm audit gave no report: ${JSON.stringify(said)}`);
  if ('statusCode' in said) return `it answered ${said.statusCode}`;
  return /\bE[A-Z_]{4,}\b/.exec(String(said.message))?.[0] ?? 'it answered something else';
}
