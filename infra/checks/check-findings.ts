import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { ACKNOWLEDGED_FINDINGS } from './acknowledged-findings.ts';

/**
 * Has cdk-nag's packs for AWS Solutions and serverless run with each synthesis, which then fails on every finding but
 * the known ones.
 * @throws {Error} an acknowledgement is about nothing (any more)
 */
export function checkFindings(app: App, stage: string): void {
  const constructs = app.node.findAll();
  for (const { id, on, reason } of ACKNOWLEDGED_FINDINGS) {
    const found = constructs.filter(({ node }) => on.test(node.path));
    if (found.length === 0) throw new Error(`Nothing has the path ${on}: take ${id} out of acknowledged-findings.ts.`);
    for (const construct of found) {
      Validations.of(construct).acknowledge({ id: id.replace('<stage>', stage), reason });
    }
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
