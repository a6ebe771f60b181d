import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser of this machine that speaks the DevTools protocol, or `undefined`. */
export const BROWSER = NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
  readonly params?: Readonly<Record<string, unknown>>;
}

/** One tab of a real browser, driven by the DevTools protocol. Whoever opens it closes it. */
export class BrowserTab implements AsyncDisposable {
  /** What the page complained of: exceptions and errors on its console. */
  readonly complaints: string[] = [];
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  /** Ends of loading, by what the browser calls each navigation to a new document. */
  readonly #loads = new Map<unknown, PromiseWithResolvers<void>>();
  #calls = 0;

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))));
  }

  /** @param browser name of the executable */
  static async open(browser: string): Promise<BrowserTab> {
    const profile = mkdtempSync(join(tmpdir(), 'browser-'));
    const options = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--remote-debugging-port=0',
      '--no-first-run',
    ];
    const child = spawn(browser, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const port = await portOf(child);
    const targets: unknown = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const socket = new WebSocket(pageUrl(targets));
    await once(socket, 'open');
    const tab = new BrowserTab(child, profile, socket);
    for (const domain of ['Page', 'Runtime', 'Log']) await tab.call(`${domain}.enable`);
    await tab.call('Page.setLifecycleEventsEnabled', { enabled: true });
    return tab;
  }

  /** Goes to a page, and waits until it and its scripts are there. */
  async goTo(url: string): Promise<void> {
    const { loaderId, errorText } = await this.call('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`The browser could not go to ${url}: ${errorText}.`);
    await this.#loadOf(loaderId).promise;
  }

  /** Of this navigation and no other: the first page of a tab may be loaded as late as the second one is asked for. */
  #loadOf(loaderId: unknown): PromiseWithResolvers<void> {
    const load = this.#loads.get(loaderId) ?? Promise.withResolvers<void>();
    this.#loads.set(loaderId, load);
    return load;
  }

  /** The value of an expression in the page, as JSON carries it. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
  }

  /** Types as a person does, into what has the focus. */
  async type(text: string): Promise<void> {
    for (const key of text) await this.call('Input.insertText', { text: key });
  }

  async call(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    this.#calls += 1;
    const id = this.#calls;
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await promise;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  #receive({ id, method, params, ...answer }: Message): void {
    if (id !== undefined) this.#waiting.get(id)?.(answer);
    if (method === 'Page.lifecycleEvent' && params?.name === 'load') this.#loadOf(params.loaderId).resolve();
    if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded')
      this.complaints.push(JSON.stringify(params));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#process, 'close');
    this.#socket.close();
    this.#process.kill();
    await closed;
    // Its children may write for a while after it has ended.
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function portOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('The browser has no stderr.');
  for await (const line of createInterface({ input: stderr })) {
    const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
    if (port !== undefined) {
      // Read on, so that the browser never waits for someone to read.
      stderr.resume();
      return port;
    }
  }
  throw new Error('The browser ended before it listened.');
}

function pageUrl(targets: unknown): string {
  for (const target of Array.isArray(targets) ? targets : []) {
    if (target.type === 'page') return String(target.webSocketDebuggerUrl);
  }
  throw new Error('The browser has no page.');
}
