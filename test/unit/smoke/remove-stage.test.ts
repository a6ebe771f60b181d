import { expect, it, onTestFinished } from 'vitest';
import { operatorClients } from '#functions/adapters/operator/operator-clients.ts';
import { Cdk } from '../../smoke/cdk.ts';
import type { Place } from '../../smoke/place.ts';
import { removeStage } from '../../smoke/remove-stage.ts';

const PLACE: Place = {
  name: 'a place',
  account: '123456789012',
  region: 'us-east-1',
  env: {},
  endpoint: 'http://127.0.0.1:1',
  webhookUrl: (output) => output,
  notKept: [],
  hasMoveTasks: true,
  fit: (folder) => ({ assembly: folder, changes: [] }),
  close: async () => undefined,
};

it('a delete that S3 refuses ends the removal, and is told', async () => {
  const clients = operatorClients({ endpoint: 'http://127.0.0.1:1' });
  onTestFinished(() => clients.destroy());
  const Errors = [{ Key: 'events/evt_1', Code: 'AccessDenied', Message: 'not yours' }];
  Object.assign(clients.s3, { send: async () => ({ Contents: [{ Key: 'events/evt_1' }], Errors }) });

  const removing = removeStage(new Cdk('/nowhere', {}), 'assembly', { s3: clients.s3, bucket: 'payloads' }, PLACE, []);

  await expect(removing).rejects.toThrow('S3 did not delete events/evt_1 of payloads: AccessDenied: not yours');
});
