import type { Runtime } from '../running-pipeline.ts';

/** What `npm run dev` prints when it is ready: what is not emulated, the one `ready` line, and commands to paste. */
export function welcome({ unsupported, outputs, awsUrl, url, stripe }: Runtime): string {
  const aws = `AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=local aws --region us-east-1 --endpoint-url ${awsUrl}`;
  const missing = unsupported.map(({ resource, type, what }) => `not emulated: ${resource} (${type}): ${what}`);
  return [
    ...missing,
    `ready ${outputs.WebhookUrl ?? url}`,
    '',
    '  Send an event, and look at what became of it:',
    `    npm run fanout -- send invoice.paid --url ${outputs.WebhookUrl ?? url}`,
    `    ${aws} dynamodb scan --table-name ${outputs.ObjectsTableName ?? '<table>'}`,
    `    curl ${url}/_local/outputs`,
    ...(stripe ? ['', `  Stripe's stand-in answers at ${stripe.url} and sends events:`, emit(url)] : []),
    '',
    '  What is not emulated is listed in local/README.md. Ctrl-C ends it.',
  ].join('\n');
}

function emit(url: string): string {
  return `    curl -X POST ${url}/_local/stripe/emit -d '{"type":"invoice.paid","style":"both"}'`;
}
