import type { AutomationStep } from './automation-content.ts';

/** The step that asks one of the approvers, announced on the topic; none when nobody has to be asked. */
export function approval(approvers: readonly string[], topicArn: string, message: string): AutomationStep[] {
  if (approvers.length === 0) return [];
  return [
    {
      name: 'Approve',
      action: 'aws:approve',
      timeoutSeconds: 60 * 60,
      onFailure: 'Abort',
      inputs: { NotificationArn: topicArn, Message: message, MinRequiredApprovals: 1, Approvers: approvers },
    },
  ];
}
