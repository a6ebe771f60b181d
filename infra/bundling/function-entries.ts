import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';

/** A Lambda function's name in the build, and the file that Lambda runs. */
export interface FunctionEntry {
  readonly name: string;
  /** Path from the project's root. */
  readonly path: string;
  /**
   * Functions of one group are built together, and each loads all that any of them needs of a module they share. So
   * only functions that need the same things belong in one.
   * @default one of its own
   */
  readonly group?: string;
}

/** Every function there is, those of domains that are switched off included, so that each always builds. */
export const FUNCTION_ENTRIES: readonly FunctionEntry[] = [
  { name: 'ingress', path: 'functions/ingress/lambda.ts' },
  { name: 'authorizer', path: 'functions/authorizer/lambda.ts' },
  { name: 'partner-ingress', path: 'functions/partner-ingress/lambda.ts' },
  ...HANDLER_NAMES.map((domain) => ({
    name: `handler-${domain}`,
    path: `functions/handlers/${domain}/lambda.ts`,
    group: 'handlers',
  })),
  { name: 'resolver', path: 'functions/resolver/lambda.ts', group: 'asks-stripe' },
  { name: 'reconciler', path: 'functions/reconciler/lambda.ts', group: 'asks-stripe' },
  { name: 'delivery-check', path: 'functions/delivery-check/lambda.ts' },
  { name: 'destination-check', path: 'functions/destination-check/lambda.ts' },
];
