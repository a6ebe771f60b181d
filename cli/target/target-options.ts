import type { CommandOption } from '../command.ts';

/** Where `npm run dev` listens unless told otherwise. */
export const LOCAL_URL = 'http://127.0.0.1:4242';

/** The local runtime instead of AWS. */
export const LOCAL_OPTION: CommandOption = {
  type: 'string',
  value: '[URL]',
  bare: LOCAL_URL,
  help: `Work on the local runtime (default ${LOCAL_URL}) instead of AWS.`,
};

/** By which every operator's command says what it works on. There is no default: nothing reaches AWS by accident. */
export const TARGET_OPTIONS: Readonly<Record<string, CommandOption>> = {
  stage: { type: 'string', value: 'NAME', help: 'Work on this deployed stage, with your AWS credentials.' },
  profile: { type: 'string', value: 'NAME', help: 'AWS profile (default: AWS_PROFILE).' },
  region: { type: 'string', value: 'NAME', help: "AWS Region (default: the profile's, or AWS_REGION)." },
  local: LOCAL_OPTION,
};
