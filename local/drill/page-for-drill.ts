/** What a page's commands are to reach. */
export interface PageSurroundings {
  readonly stage: string;
  /** Of the HTTP API and of the AWS endpoint. */
  readonly url: string;
  readonly awsUrl: string;
  /** What stands for `billing` in the commands. */
  readonly domain: string;
  /** What stands for `evt_123`. */
  readonly event: string;
  /** What stands for the times of a replay: ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** What is typed at the drill for a deployment. */
const DEPLOY = 'deploy';

/** Services that the local endpoint does not speak, and Stripe's own side, which a drill plays itself. */
const NOT_HERE = /\baws (cloudwatch|ssm|cloudformation) |\bfanout -- destinations |^stripe /;

/**
 * A runbook page whose commands reach this drill and nothing else, in whatever terminal they are pasted: no stage that
 * is deployed is named in them, and each call of the aws CLI carries its endpoint and keys that open nothing.
 */
export function pageForDrill(page: string, surroundings: PageSurroundings): string {
  let isCode = false;
  return page
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) isCode = !isCode;
      // Only what can be pasted: the text around it speaks of the real thing.
      return isCode
        ? forDrill(line, surroundings)
        : line.replaceAll(/`([^`]+)`/g, (_, code: string) => `\`${forDrill(code, surroundings)}\``);
    })
    .join('\n');
}

function forDrill(command: string, { stage, url, awsUrl, domain, event, from, to }: PageSurroundings): string {
  if (/^npm run deploy\b/.test(command)) return `${DEPLOY}  # type it at the drill, where it stands for: ${command}`;
  const note = NOT_HERE.test(command) ? '# not in a drill: ' : '';
  const here = command
    .replace(/^STAGE=\w+$/, `STAGE=${stage}`)
    .replaceAll('--stage $STAGE', `--local ${url}`)
    .replaceAll(/(^|\$\()aws (?=[a-z])/g, `$1${awsHere(awsUrl)} `)
    .replaceAll(/\bbilling\b/g, domain)
    .replaceAll('evt_123', event)
    .replaceAll(/--from \S+Z/g, `--from ${from}`)
    .replaceAll(/--to \S+Z/g, `--to ${to}`);
  return `${note}${here}`;
}

function awsHere(awsUrl: string): string {
  const keys = 'AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1';
  return `${keys} aws --endpoint-url ${awsUrl}`;
}

/** The commands of a page's blocks, in order, without comments. `deploy` is for the drill, all others for a shell. */
export function commandsOf(page: string): string[] {
  return Array.from(page.matchAll(/```sh\n(.*?)```/gs), ([, block = '']) => block.split('\n'))
    .flat()
    .map((line) => (line.startsWith(DEPLOY) ? DEPLOY : line))
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && !/^\w+=\S*$/.test(line));
}
