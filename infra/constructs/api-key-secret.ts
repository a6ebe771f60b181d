import type { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface ApiKeySecretProps {
  readonly secretName: string;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Holds one restricted Stripe API key per mode as JSON: `{ "live": "rk_live_…", "test": "rk_test_…" }`. Apart from the
 * signing secrets, so that who verifies cannot call Stripe and who calls cannot forge. As there, the template creates
 * it with a placeholder and never states a value.
 */
export class ApiKeySecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: ApiKeySecretProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: props.secretName,
      description: 'Restricted Stripe API keys by mode: {"live":"rk_live_...","test":"rk_test_..."}',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: '_placeholder' },
      removalPolicy: props.removalPolicy,
    });
  }
}
