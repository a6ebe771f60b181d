import { HANDLER_NAMES } from '#shared/catalogue/domains.ts';

/** A Lambda function's name in the build, and the file that Lambda runs. */
export interface FunctionEntry {
  readonly name: string;
  /** Path from the project's root. */
  readonly path: string;
  /**
   * Whether it is built by itself: what another function needs of a package that both use is then not loaded here.
   * @default false
   */
  readonly isApart?: boolean;
}

/** Every function there is, those of domains that are switched off included, so that each always builds. */
export const FUNCTION_ENTRIES: readonly FunctionEntry[] = [
  { name: 'ingress', path: 'functions/ingress/lambda.ts', isApart: true },
  { name: 'authorizer', path: 'functions/authorizer/lambda.ts', isApart: true },
  { name: 'partner-ingress', path: 'functions/partner-ingress/lambda.ts' },
  ...HANDLER_NAMES.map((domain) => ({
    name: `handler-${domain}`,
    path: `functions/handlers/${domain}/lambda.ts`,
  })),
  { name: 'resolver', path: 'functions/resolver/lambda.ts' },
  { name: 'reconciler', path: 'functions/reconciler/lambda.ts' },
  { name: 'delivery-check', path: 'functions/delivery-check/lambda.ts' },
  { name: 'destination-check', path: 'functions/destination-check/lambda.ts' },
];
