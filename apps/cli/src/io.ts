/** A stream that a person or a program reads. */
export interface Terminal {
  readonly isTTY: boolean;
  /** Read anew each time: a window can be resized. */
  size(): { readonly columns: number; readonly rows: number };
  write(text: string): void;
  /** Returns what ends the subscription. */
  onResize(listener: () => void): () => void;
}

export type Signal = 'SIGINT' | 'SIGTERM';

/** All that the CLI sees of the process that it runs in. */
export interface Io {
  readonly stdout: Terminal;
  /** Whether a person could type an answer. */
  readonly stdinIsTTY: boolean;
  readonly stderr: Pick<Terminal, 'write'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For times of day; the machine’s own when left out. */
  readonly timeZone?: string;
  now(): number;
  readFile(path: string): Promise<string>;
  /** The file itself, or what is in and below a folder; hidden folders and `node_modules` are passed over. */
  filesBelow(path: string): Promise<readonly string[]>;
  readStdin(): Promise<string>;
  /** Asks at the terminal; what is typed is not shown. */
  askSecret(question: string): Promise<string>;
  /** Writes or replaces a file that nobody else may read, with its folder. */
  writePrivateFile(path: string, text: string): Promise<void>;
  /** The permission bits of a file, where the system has such and the file is there. */
  permissionsOf(path: string): Promise<number | undefined>;
  /** While somebody listens, the signal does not end the process. */
  onSignal(listener: (signal: Signal) => void): () => void;
  every(ms: number, tick: () => void): () => void;
}
