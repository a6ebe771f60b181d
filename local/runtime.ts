import { bringUp } from './bring-up.ts';
import type { Runtime } from './running-pipeline.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { Undo } from './undo.ts';

/**
 * Runs a synthesized cloud assembly on 127.0.0.1. Resolves when it can take requests.
 * @throws {TemplateError} the assembly, or something in it, cannot be read
 * @throws {WouldReachAws} a function's AWS client would leave this machine
 * @throws {PortInUse}
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const undo = new Undo();
  try {
    return await bringUp(options, undo);
  } catch (thrown) {
    await undo.all();
    throw thrown;
  }
}
