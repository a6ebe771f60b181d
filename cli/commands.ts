import type { Command } from './command.ts';
import { routeCommand } from './commands/route.ts';
import { sendCommand } from './commands/send.ts';
import { stormCommand } from './commands/storm.ts';
import { typesCommand } from './commands/types.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [typesCommand, routeCommand, sendCommand, stormCommand];
