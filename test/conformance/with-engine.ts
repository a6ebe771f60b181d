import { EngineProcess } from '../engine-process.ts';

/** Compiling a server and loading its libraries take seconds here, and many times that on a slow and busy machine. */
const LISTENS_MS = 180_000;

export interface Engine {
  /** For people. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Finds host and port in one of the lines that the server writes, as its first group. */
  readonly address: RegExp;
}

/**
 * Starts a server, lets it be used, and stops it, whatever becomes of that.
 * @param use gets its address, `http://127.0.0.1:<port>`
 * @throws {Error} it ended, or was not heard of, before it listened: with the last of what it wrote
 */
export async function withEngine<Result>(
  { name, command, args, address }: Engine,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const heard = Promise.withResolvers<string>();
  const engine = new EngineProcess(command, args, {
    onLine: (line) => {
      const found = address.exec(line)?.[1];
      if (found !== undefined) heard.resolve(`http://${found}`);
    },
  });
  const fail = (how: string) => heard.reject(new Error(`${name} ${how}; ${engine.lastWords}`));
  void engine.ended.then((end) => fail(`ended with ${end} before it listened`));
  const patience = setTimeout(() => fail(`did not say where it listens within ${LISTENS_MS / 1000} s`), LISTENS_MS);
  try {
    const url = await heard.promise.finally(() => clearTimeout(patience));
    return await use(url);
  } finally {
    await engine.stop();
  }
}
