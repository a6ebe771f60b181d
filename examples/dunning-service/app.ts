import { App } from 'aws-cdk-lib';
import { bundleHandler } from './bundle-handler.ts';
import { DunningStack } from './dunning-stack.ts';

const app = new App();
const option = (name: string): string | undefined => app.node.tryGetContext(name);
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;

new DunningStack(app, option('stackName') ?? 'DunningService', {
  // Where nobody is signed in, the templates fit any account.
  env: { ...(account && { account }), ...(region && { region }) },
  codeFolder: await bundleHandler(),
  stage: option('stage') ?? 'dev',
  busArn: option('busArn'),
  direct: option('direct') === 'true',
  startFrom: option('startFrom'),
});
