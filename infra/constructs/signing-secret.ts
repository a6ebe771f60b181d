import type { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface SigningSecretProps {
  readonly secretName: string;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Holds every destination's signing secrets as JSON: `{ "<destination>": ["whsec_…", …] }`. The template only creates
 * it, with a random placeholder that no destination is named after: values are put in by hand, and because the
 * template never states one, no deploy can overwrite them.
 */
export class SigningSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: SigningSecretProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: props.secretName,
      description: 'Stripe signing secrets by destination: {"account":["whsec_..."]}',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: '_placeholder' },
      removalPolicy: props.removalPolicy,
    });
  }
}
