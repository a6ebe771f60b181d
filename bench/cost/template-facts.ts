/** A CloudFormation template, as far as the bill reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
}

type Properties = Readonly<Record<string, unknown>>;

const MINUTES_A_MONTH = 30 * 24 * 60;

/** Environment variables of a function. */
export function variablesOf({ Environment }: Properties): Readonly<Record<string, string>> {
  return (Environment as { Variables?: Readonly<Record<string, string>> } | undefined)?.Variables ?? {};
}

/** A function's name in logs and metrics, the same in all stages; of another team's function its own. */
export function nameOf(one: Properties): string {
  return variablesOf(one).POWERTOOLS_SERVICE_NAME ?? String(one.FunctionName);
}

/** An alarm on formulas is billed for each metric they use; a query counts as one metric. */
export function metricsOf({ Metrics }: Properties): number {
  if (!Array.isArray(Metrics)) return 1;
  const queried = Metrics.filter(
    ({ MetricStat, Expression }) => MetricStat !== undefined || /^SELECT/i.test(Expression),
  );
  return Math.max(1, queried.length);
}

/** @throws {Error} it is not of the form `rate(5 minutes)` */
export function timesAMonth(expression: unknown): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  const minutes = { minute: 1, hour: 60, day: 1440 }[unit ?? ''];
  if (minutes === undefined) throw new Error(`The schedule ${String(expression)} is not of the form rate(5 minutes).`);
  return MINUTES_A_MONTH / (Number(count) * minutes);
}

/** Days after which a bucket forgets events, 0 where it holds none. */
export function payloadDaysOf({ LifecycleConfiguration }: Properties): number {
  const { Rules = [] } = (LifecycleConfiguration ?? {}) as {
    readonly Rules?: readonly { readonly Prefix?: string; readonly ExpirationInDays?: number }[];
  };
  return Rules.find(({ Prefix }) => Prefix === 'events/')?.ExpirationInDays ?? 0;
}

/** MB of memory of all instances that the aliases of a template keep waiting. */
export function provisionedMbOf({ Resources }: Template): number {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Alias')
    .reduce((sum, { Properties = {} }) => {
      const { FunctionName, ProvisionedConcurrencyConfig: kept } = Properties as {
        readonly FunctionName?: { readonly Ref?: string };
        readonly ProvisionedConcurrencyConfig?: { readonly ProvisionedConcurrentExecutions: number };
      };
      const mb = Number(Resources[FunctionName?.Ref ?? '']?.Properties?.MemorySize ?? 128);
      return sum + mb * (kept?.ProvisionedConcurrentExecutions ?? 0);
    }, 0);
}

/** Most invocations at once of each handler of a template. */
export function handlerConcurrenciesOf({ Resources }: Template): readonly number[] {
  return Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Lambda::EventSourceMapping') return [];
    const { FunctionName, ScalingConfig } = Properties as {
      readonly FunctionName?: { readonly Ref?: string };
      readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
    };
    const drains = Resources[FunctionName?.Ref ?? '']?.Properties;
    const isHandler = drains !== undefined && nameOf(drains).startsWith('handler-');
    return isHandler ? (ScalingConfig?.MaximumConcurrency ?? []) : [];
  });
}

/** Requests a second that a stage of an API takes over a longer time. */
export function requestsPerSecondOf({ DefaultRouteSettings }: Properties): number {
  const { ThrottlingRateLimit } = (DefaultRouteSettings ?? {}) as { readonly ThrottlingRateLimit?: number };
  return ThrottlingRateLimit ?? Number.POSITIVE_INFINITY;
}
