import type { TemplateResource } from '../change-templates.ts';
import type { Promised } from '../check-kept.ts';

/** What MiniStack 1.5.33 does not create. Resources that refer to it get a text in its place. */
const NOT_CREATED: readonly string[] = [
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::Logs::QueryDefinition',
  'AWS::SSM::Document',
];

/** What MiniStack 1.5.33 creates without, saying nothing. */
export const NOT_KEPT: readonly Promised[] = ['TTL of the ledger'];

/** Why a resource cannot be created there; `undefined` where it can. */
export function whyNotCreated({ Type, Properties }: TemplateResource): string | undefined {
  if (NOT_CREATED.includes(Type)) return Type;
  // Alarms on one metric are created; those on an expression are refused.
  return Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined
    ? `${Type} with metric math`
    : undefined;
}

/** There `Ref` gives a secret's name, where AWS gives its ARN; the attribute `Id` is the ARN in both. */
export function hasWrongRef({ Type }: TemplateResource): boolean {
  return Type === 'AWS::SecretsManager::Secret';
}
