import { PipelineError } from '#shared/errors/pipeline-error.ts';
import { isRecord } from '#shared/event/stripe-event.ts';
import type { Arguments, CommandContext, Report } from '../command.ts';
import { OperatorFault } from '../operator-fault.ts';
import { findTarget } from './find-target.ts';
import type { Target } from './target.ts';

/**
 * Runs a command's work on the target that its options name. What goes wrong there is a report, not a crash.
 * @throws {UsageError} the options name no target
 */
export async function withTarget(
  args: Arguments,
  context: CommandContext,
  work: (target: Target) => Promise<Report>,
): Promise<Report> {
  let target: Target | undefined;
  try {
    target = await findTarget(args, context);
    return await work(target);
  } catch (error) {
    const fault = asFault(error);
    return {
      exitCode: 1,
      data: { error: { code: fault.code, message: fault.message } },
      text: fault.message,
    };
  } finally {
    target?.clients.destroy();
  }
}

/** How the SDK and the services call it when who asks is nobody, or no longer anybody. */
const NOT_LOGGED_IN =
  /^(CredentialsProviderError|TokenProviderError|Expired|InvalidClientTokenId|UnrecognizedClient|InvalidToken)/;

/** @throws the error itself when neither we nor a service or the network is behind it */
function asFault(error: unknown): OperatorFault {
  if (error instanceof OperatorFault) return error;
  if (error instanceof PipelineError) return new OperatorFault(error.code, error.message, { cause: error });
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  // The SDK marks errors of the network as if the service had answered.
  if (isRecord(error) && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) {
    return new OperatorFault(error.code, `The connection failed: ${message || error.code}.`, { cause: error });
  }
  if (NOT_LOGGED_IN.test(name) || /region (is missing|not accepted)/i.test(message)) {
    return new OperatorFault('no_credentials', `${message}\nLog in, or name a --profile and a --region.`, {
      cause: error,
    });
  }
  if ('$metadata' in error) return new OperatorFault(name, `AWS answered ${name}: ${message}`, { cause: error });
  throw error;
}
