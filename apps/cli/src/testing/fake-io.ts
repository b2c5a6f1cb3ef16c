import type { Io, Signal } from '../io.js';

export interface FakeOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  /** What is typed where a secret is asked for; without it, nobody is at the terminal. */
  readonly typed?: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly now?: number;
}

/** A process that only tests see: what is written is kept, time and signals come by hand. */
export class FakeIo implements Io {
  readonly written = { stdout: '', stderr: '' };
  readonly stdout: Io['stdout'];
  readonly stderr = { write: (text: string): void => void (this.written.stderr += text) };
  readonly env: Readonly<Record<string, string>>;
  readonly timeZone = 'UTC';
  readonly stdinIsTTY: boolean;
  /** What is in files now, and with which permissions they were written. */
  readonly files: Record<string, string>;
  readonly permissions: Record<string, number> = {};
  private readonly ticks = new Set<() => void>();
  private readonly resizes = new Set<() => void>();
  private readonly signals = new Set<(signal: Signal) => void>();
  private moment: number;
  private window: { columns: number; rows: number };

  constructor(private readonly options: FakeOptions = {}) {
    const { columns = 80, rows = 24, now = Date.UTC(2026, 0, 5, 10, 1) } = options;
    this.env = { SPILLWAY_TOKEN: 'token-of-ci', ...options.env };
    this.moment = now;
    this.stdinIsTTY = options.typed !== undefined;
    this.files = { ...options.files };
    this.window = { columns, rows };
    this.stdout = {
      isTTY: options.isTTY ?? false,
      size: () => this.window,
      write: (text) => void (this.written.stdout += text),
      onResize: (listener) => subscribe(this.resizes, listener),
    };
  }

  now = (): number => this.moment;
  readStdin = (): Promise<string> => Promise.resolve(this.options.stdin ?? '');
  onSignal = (listener: (signal: Signal) => void): (() => void) =>
    subscribe(this.signals, listener);
  every = (_ms: number, tick: () => void): (() => void) => subscribe(this.ticks, tick);

  readFile = (path: string): Promise<string> => {
    const text = this.files[path];
    if (text !== undefined) return Promise.resolve(text);
    return Promise.reject(new Error(`ENOENT: no such file or directory, open '${path}'`));
  };

  askSecret = (question: string): Promise<string> => {
    this.written.stderr += question;
    return Promise.resolve(this.options.typed ?? '');
  };

  writePrivateFile = (path: string, text: string): Promise<void> => {
    this.files[path] = text;
    this.permissions[path] = 0o600;
    return Promise.resolve();
  };

  permissionsOf = (path: string): Promise<number | undefined> =>
    Promise.resolve(this.permissions[path] ?? (path in this.files ? 0o644 : undefined));

  filesBelow = (path: string): Promise<readonly string[]> => {
    const names = Object.keys(this.files);
    const folder = path.endsWith('/') ? path : `${path}/`;
    const found = names.filter((name) => name === path || name.startsWith(folder));
    if (found.length > 0) return Promise.resolve(found);
    return Promise.reject(new Error(`ENOENT: no such file or directory, stat '${path}'`));
  };

  /** Lets time pass; whoever waits for a tick gets one. */
  pass(ms: number): void {
    this.moment += ms;
    for (const tick of this.ticks) tick();
  }

  resize(columns: number, rows: number): void {
    this.window = { columns, rows };
    for (const listener of this.resizes) listener();
  }

  send(signal: Signal): void {
    for (const listener of this.signals) listener(signal);
  }

  /** Who still listens or ticks; zero when all was cleaned up. */
  get busy(): number {
    return this.ticks.size + this.resizes.size + this.signals.size;
  }
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
