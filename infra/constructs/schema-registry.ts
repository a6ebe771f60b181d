import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import { DOMAINS } from '#shared/catalogue/domains.ts';
import { domainSchema } from '#shared/contracts/domain-schema.ts';
import { STRIPE_SOURCE } from '#shared/event/bus-entry.ts';
import { schemaRegistryName } from '#shared/naming/resource-names.ts';

export interface SchemaRegistryProps {
  readonly stage: string;
}

/**
 * The schemas of the events on the bus in EventBridge's schema registry: one per domain, since a Region holds 100 schemas
 * (adjustable), fewer than there are event types. Keeping and reading them is free. A deployment that changes a schema
 * adds a version, of which there can be 100.
 */
export class SchemaRegistry extends Construct {
  constructor(scope: Construct, id: string, { stage }: SchemaRegistryProps) {
    super(scope, id);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName: schemaRegistryName(stage),
      description: `Stripe events on the bus of stage ${stage}.`,
    });
    for (const { name, title } of DOMAINS) {
      new CfnSchema(this, name, {
        registryName: registry.attrRegistryName,
        schemaName: `${STRIPE_SOURCE}@${name}`,
        description: `Events of Stripe's ${title}.`,
        type: 'JSONSchemaDraft4',
        content: JSON.stringify(domainSchema(name)),
      });
    }
  }
}
