import { join } from 'node:path';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type DomainOrUnrecognized, HANDLER_NAMES } from '#shared/catalogue/domains.ts';
import type { Destination } from '#shared/environment/destination.ts';
import { pascalCase } from '#shared/naming/output-names.ts';
import * as names from '#shared/naming/resource-names.ts';
import type { StageSettings } from '../configuration/settings.ts';
import { stripeConfigurationOf } from '../configuration/stripe-configuration-of.ts';
import { stripeLanes } from '../configuration/stripe-lane.ts';
import { Authorizer } from '../constructs/authorizer.ts';
import { DirectSubscriber } from '../constructs/direct-subscriber.ts';
import { DomainHandler } from '../constructs/domain-handler.ts';
import { Ingress } from '../constructs/ingress.ts';
import { OrganizationSubscribes } from '../constructs/organization-subscribes.ts';
import { PartnerIngress } from '../constructs/partner-ingress.ts';
import { PublishersOnly } from '../constructs/publishers-only.ts';
import { Reconciler } from '../constructs/reconciler.ts';
import { Resolver, type ResolverProps } from '../constructs/resolver.ts';
import { RoutingRules } from '../constructs/routing-rules.ts';
import { WebhookApi } from '../constructs/webhook-api.ts';
import type { DataStack } from './data-stack.ts';

export interface PipelineStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly data: DataStack;
  /** Folder with one folder per built function. */
  readonly functionsFolder: string;
}

/** What moves events: API, ingress, rules, handlers. Nothing in it holds data; it can be deleted and deployed again. */
export class PipelineStack extends Stack {
  /** What the metrics of the API are found under. */
  readonly apiId: string;
  /** Where Stripe posts to, without a destination's name. */
  readonly webhookUrl: string;

  constructor(scope: Construct, id: string, { settings, data, functionsFolder, ...props }: PipelineStackProps) {
    super(scope, id, props);
    const { stage } = settings;

    const ingress = new Ingress(this, 'Ingress', {
      stage,
      functionName: names.ingressName(stage),
      codeFolder: join(functionsFolder, 'ingress'),
      ledger: data.ledger.table,
      bus: data.bus.bus,
      payloads: data.payloads.bucket,
      signingSecret: data.signingSecret.secret,
      destinations: destinationsOf(settings.destinations),
      inlineLimitBytes: settings.inlineLimitBytes,
      logRetention: settings.logRetentionDays,
      startsTraces: settings.tracing,
    });
    const authorizer = this.authorizer(settings, data, functionsFolder);
    const api = new WebhookApi(this, 'WebhookApi', {
      apiName: names.stageName(stage),
      ingress: ingress.function,
      authorizer: authorizer?.target,
      ...settings.throttle,
      logGroupName: `/aws/apigateway/${names.stageName(stage)}`,
      logRetention: settings.logRetentionDays,
    });
    this.apiId = api.apiId;
    this.webhookUrl = api.url;
    const resolver = new Resolver(this, 'Resolver', resolverProps(settings, data, functionsFolder));
    const reconciler = new Reconciler(this, 'Reconciler', {
      settings,
      codeFolder: join(functionsFolder, 'reconciler'),
      ledger: data.ledger.table,
      bus: data.bus.bus,
      payloads: data.payloads.bucket,
      apiKeySecret: data.apiKeySecret.secret,
      webhookUrl: api.url,
    });
    const partner = this.partnerIngress(settings, data, functionsFolder);
    const others = [authorizer?.role, partner?.role, resolver.role, reconciler.role];
    const publishers = [ingress.role, ...others.filter((role) => role !== undefined)];
    new PublishersOnly(this, 'PublishersOnly', { bus: data.bus.bus, publishers });
    new RoutingRules(this, 'Rules', {
      stage,
      bus: data.bus.bus,
      queueOf: (owner) => data.queueOf(owner),
      delivers: (domain) => settings.handlers[domain].state === 'on',
    });
    this.admitSubscribers(settings, data);

    const handlers = new Construct(this, 'Handlers');
    for (const domain of HANDLER_NAMES) {
      if (settings.handlers[domain].state === 'off') continue;
      new DomainHandler(handlers, pascalCase(domain), handlerProps(domain, settings, data, functionsFolder));
    }
    new CfnOutput(this, 'WebhookUrl', { value: api.url });
    if (authorizer !== undefined) new CfnOutput(this, 'AuthorizationUrl', { value: api.authorizationUrl });
    new CfnOutput(this, 'StripeConfiguration', { value: JSON.stringify(stripeConfigurationOf(settings)) });
  }

  private admitSubscribers({ stage, organization, subscribers }: StageSettings, data: DataStack): void {
    const { bus } = data.bus;
    if (organization !== undefined) new OrganizationSubscribes(this, 'OrganizationSubscribes', { bus, organization });
    const scope = new Construct(this, 'Subscribers');
    for (const subscriber of subscribers) new DirectSubscriber(scope, subscriber.name, { stage, bus, subscriber });
  }

  private authorizer(settings: StageSettings, data: DataStack, functionsFolder: string): Authorizer | undefined {
    const lane = settings.issuingAuthorization;
    if (lane === undefined) return undefined;
    return new Authorizer(this, 'Authorizer', {
      settings,
      lane,
      codeFolder: join(functionsFolder, 'authorizer'),
      ledger: data.ledger.table,
      objects: data.objects.table,
      bus: data.bus.bus,
      payloads: data.payloads.bucket,
      signingSecret: data.signingSecret.secret,
    });
  }

  private partnerIngress(settings: StageSettings, data: DataStack, functionsFolder: string) {
    if (settings.partnerEventSources.length === 0) return undefined;
    return new PartnerIngress(this, 'PartnerIngress', {
      settings,
      codeFolder: join(functionsFolder, 'partner-ingress'),
      queue: data.queueOf('partner'),
      ledger: data.ledger.table,
      bus: data.bus.bus,
      payloads: data.payloads.bucket,
    });
  }
}

/** What else is declared of them is Stripe's business. */
function destinationsOf(destinations: readonly Destination[]): Destination[] {
  return destinations.map(({ name, mode, payload, accounts }) => ({ name, mode, payload, accounts }));
}

/** What every function that drains a queue and has its messages retried is given. */
function drainProps(settings: StageSettings, data: DataStack) {
  return {
    stage: settings.stage,
    ledger: data.ledger.table,
    payloads: data.payloads.bucket,
    timeout: Duration.seconds(settings.handlerTimeoutSeconds),
    retrySchedule: settings.retrySchedule,
    maxReceiveCount: settings.maxReceiveCount,
    logRetention: settings.logRetentionDays,
  };
}

function resolverProps(settings: StageSettings, data: DataStack, functionsFolder: string): ResolverProps {
  return {
    ...drainProps(settings, data),
    functionName: names.resolverName(settings.stage),
    codeFolder: join(functionsFolder, 'resolver'),
    source: data.queueOf('thin'),
    refreshes: data.queueOf('refresh'),
    domains: HANDLER_NAMES.filter((name) => keepsObjects(settings.handlers[name])).map((name) => data.queueOf(name)),
    objects: data.objects.table,
    bus: data.bus.bus,
    apiKeySecret: data.apiKeySecret.secret,
    stripeApiVersion: settings.stripeApiVersion,
    destinations: destinationsOf([...settings.destinations, ...settings.partnerEventSources]),
    inlineLimitBytes: settings.inlineLimitBytes,
    lanes: stripeLanes(settings),
  };
}

function keepsObjects({ state, projection }: StageSettings['handlers'][DomainOrUnrecognized]): boolean {
  return state !== 'off' && projection !== 'off';
}

function handlerProps(domain: DomainOrUnrecognized, settings: StageSettings, data: DataStack, functionsFolder: string) {
  const { maxConcurrency, projection, freshness } = settings.handlers[domain];
  return {
    ...drainProps(settings, data),
    domain,
    functionName: names.handlerName(settings.stage, domain),
    codeFolder: join(functionsFolder, `handler-${domain}`),
    source: data.queueOf(domain),
    refreshes: data.queueOf('refresh'),
    objects: data.objects.table,
    memorySize: settings.handlerMemoryMb,
    batchingWindow: Duration.seconds(settings.batchingWindowSeconds),
    maxConcurrency,
    projection,
    freshness,
  };
}
