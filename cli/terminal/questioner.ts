import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks whoever sits at the terminal; without a terminal there is nobody to ask. */
export function questioner(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
  const put = async (question: string, echo: boolean): Promise<string | undefined> => {
    if (!input.isTTY || !output.isTTY) return undefined;
    output.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input, output: echo ? output : nowhere, terminal: true });
    // The end of input, or Ctrl-C, is an answer too: none.
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    try {
      return (await Promise.race([lines.question(''), ended])).trim();
    } finally {
      lines.close();
      if (!echo) output.write('\n');
    }
  };
  return {
    ask: (question: string) => put(question, true),
    askSecretly: (question: string) => put(question, false),
  };
}
