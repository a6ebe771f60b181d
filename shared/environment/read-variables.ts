/**
 * Reads the variables a function cannot start without.
 * @param env the process's environment, handed in by a function's entry file
 * @throws {Error} that names every missing variable, at the function's start and not at its first event
 */
export function readVariables<Name extends string>(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly Name[],
): Record<Name, string> {
  const missing = names.filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new Error(
      `Environment variables are missing: ${missing.join(', ')}. The Pipeline stack sets them; deploy it again.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<Name, string>;
}
