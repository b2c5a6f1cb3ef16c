import { open } from 'node:fs/promises';

/** One call that reached the API server, however it ended. */
export interface Call {
  /** When the API server got it, in milliseconds since 1970. */
  readonly at: number;
  readonly user: string;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, … */
  readonly verb: string;
  readonly resource: string | undefined;
  readonly subresource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** With its query, e.g. `?fieldManager=spillway`. */
  readonly uri: string;
  readonly code: number | undefined;
  /** A watch that still runs is at `ResponseStarted`; everything else is complete. */
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic';
}

/** Everybody's calls but the API server's own. Watches also when they begin. */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', users: ['system:apiserver', 'system:anonymous'] },
    { level: 'None', nonResourceURLs: ['/readyz*', '/livez*', '/healthz*'] },
    { level: 'Metadata' },
  ],
} as const;

interface Entry {
  readonly auditID: string;
  readonly stage: Call['stage'];
  readonly requestURI: string;
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
}

/** The API server's own record of who called what: nothing that a client believes of itself. */
export class AuditLog {
  private readonly calls = new Map<string, Call>();
  private offset = 0;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** All calls so far, oldest first. Reads only what was added since the last time. */
  async read(): Promise<readonly Call[]> {
    // One reader at a time, or two would both move the offset.
    const read = this.reading.then(() => this.newLines());
    this.reading = read.catch(() => undefined);
    for (const line of await read) this.add(JSON.parse(line) as Entry);
    return [...this.calls.values()].sort((a, b) => a.at - b.at);
  }

  private async newLines(): Promise<readonly string[]> {
    const file = await open(this.path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(size - this.offset);
      await file.read(bytes, 0, bytes.length, this.offset);
      const end = bytes.lastIndexOf('\n') + 1;
      this.offset += end;
      return bytes.toString('utf8', 0, end).split('\n').filter(Boolean);
    } finally {
      await file.close();
    }
  }

  private add(entry: Entry): void {
    this.calls.set(entry.auditID, {
      at: Date.parse(entry.requestReceivedTimestamp),
      user: entry.user.username,
      verb: entry.verb,
      resource: entry.objectRef?.resource,
      subresource: entry.objectRef?.subresource,
      namespace: entry.objectRef?.namespace,
      name: entry.objectRef?.name,
      uri: entry.requestURI,
      code: entry.responseStatus?.code,
      stage: entry.stage,
    });
  }
}
