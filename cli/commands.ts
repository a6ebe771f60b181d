import type { Command } from './command.ts';
import { destinationsApplyCommand } from './commands/destinations-apply.ts';
import { destinationsPartnerCommand } from './commands/destinations-partner.ts';
import { destinationsPlanCommand } from './commands/destinations-plan.ts';
import { destinationsRemoveCommand } from './commands/destinations-remove.ts';
import { destinationsRotateCommand } from './commands/destinations-rotate.ts';
import { destinationsStatusCommand } from './commands/destinations-status.ts';
import { dlqExportCommand } from './commands/dlq-export.ts';
import { dlqListCommand } from './commands/dlq-list.ts';
import { dlqParkCommand } from './commands/dlq-park.ts';
import { dlqPurgeCommand } from './commands/dlq-purge.ts';
import { dlqRedriveCommand } from './commands/dlq-redrive.ts';
import { dlqShowCommand } from './commands/dlq-show.ts';
import { dlqUnparkCommand } from './commands/dlq-unpark.ts';
import { doctorCommand } from './commands/doctor.ts';
import { matchCommand } from './commands/match.ts';
import { pauseCommand } from './commands/pause.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { replayCommand } from './commands/replay.ts';
import { resumeCommand } from './commands/resume.ts';
import { routeCommand } from './commands/route.ts';
import { sendCommand } from './commands/send.ts';
import { stormCommand } from './commands/storm.ts';
import { subscriptionsCommand } from './commands/subscriptions.ts';
import { typesCommand } from './commands/types.ts';
import { whereCommand } from './commands/where.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  typesCommand,
  routeCommand,
  matchCommand,
  subscriptionsCommand,
  sendCommand,
  stormCommand,
  whereCommand,
  dlqListCommand,
  dlqShowCommand,
  dlqRedriveCommand,
  dlqParkCommand,
  dlqUnparkCommand,
  dlqExportCommand,
  dlqPurgeCommand,
  replayCommand,
  reconcileCommand,
  pauseCommand,
  resumeCommand,
  doctorCommand,
  destinationsPlanCommand,
  destinationsApplyCommand,
  destinationsStatusCommand,
  destinationsRotateCommand,
  destinationsRemoveCommand,
  destinationsPartnerCommand,
];
