import type { OwnService } from '../aws/aws-call.ts';
import { AwsError } from '../aws/aws-error.ts';
import { type JsonOperation, jsonService } from '../aws/json-service.ts';
import type { Secret, Secrets, SecretVersion } from './secrets.ts';

/** Secrets Manager in memory: reading, and putting new values so that rotation can be practised. */
export function secretsService(secrets: Secrets): OwnService {
  const put: JsonOperation = (input) => {
    const secret = secrets.find(input.string('SecretId'));
    const version = secret.put(input.string('SecretString'), input.optionalString('ClientRequestToken'));
    return { ...identity(secret), VersionId: version.id, VersionStages: ['AWSCURRENT'] };
  };
  return jsonService(
    {
      GetSecretValue: (input) => {
        const secret = secrets.find(input.string('SecretId'));
        const stage = input.optionalString('VersionStage') ?? 'AWSCURRENT';
        const version = pick(secret, input.optionalString('VersionId'), stage);
        return {
          ...identity(secret),
          VersionId: version.id,
          SecretString: version.text,
          VersionStages: [version === secret.current ? 'AWSCURRENT' : 'AWSPREVIOUS'],
          CreatedDate: version.createdAt.getTime() / 1000,
        };
      },
      PutSecretValue: put,
      UpdateSecret: put,
      DescribeSecret: (input) => describe(secrets.find(input.string('SecretId'))),
      ListSecrets: () => ({ SecretList: secrets.all().map(describe) }),
    },
    { contentType: 'application/x-amz-json-1.1', invalidInput: 'InvalidParameterException' },
  );
}

function pick(secret: Secret, id: string | undefined, stage: string): SecretVersion {
  const versions = [secret.current, secret.previous];
  const version = id === undefined ? versions[stage === 'AWSPREVIOUS' ? 1 : 0] : versions.find((v) => v?.id === id);
  if (version && ['AWSCURRENT', 'AWSPREVIOUS'].includes(stage)) return version;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
}

function identity({ arn, name }: Secret) {
  return { ARN: arn, Name: name };
}

function describe(secret: Secret) {
  const { current, previous } = secret;
  const versions = { [current.id]: ['AWSCURRENT'], ...(previous ? { [previous.id]: ['AWSPREVIOUS'] } : {}) };
  return { ...identity(secret), LastChangedDate: current.createdAt.getTime() / 1000, VersionIdsToStages: versions };
}
