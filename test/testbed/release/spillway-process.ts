import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Daemon } from '../src/daemon.js';
import { freePort } from '../src/free-port.js';
import { makeTempFolder } from '../src/temp-folder.js';

const built = fileURLToPath(new URL('../../../apps/control-plane/dist/main.js', import.meta.url));

export interface SpillwaySettings {
  readonly role: 'api' | 'worker';
  readonly databaseUrl: string;
  readonly token: string;
  readonly encryptionKey: string;
  readonly migrate: boolean;
  /** Holds the log. */
  readonly folder: string;
  /** Another build than this one's. */
  readonly entry?: string;
}

/** What all processes over one database have in common. */
export type SharedSettings = Omit<SpillwaySettings, 'role' | 'migrate'>;

/** With secrets of its own, and a folder that whoever stops the processes removes. */
export const settingsOver = async (databaseUrl: string): Promise<SharedSettings> => ({
  databaseUrl,
  token: randomBytes(24).toString('hex'),
  encryptionKey: randomBytes(32).toString('hex'),
  folder: await makeTempFolder('control-plane'),
});

let started = 0;

/** The built control plane, as a process of its own: the same file that an image starts. */
export class SpillwayProcess {
  private constructor(
    private readonly daemon: Daemon,
    readonly url: string,
  ) {}

  /** Resolves when it is ready to serve or to work. */
  static async start(settings: SpillwaySettings): Promise<SpillwayProcess> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const daemon = await Daemon.start({
      name: `${settings.role}-${(started += 1)}`,
      command: 'env',
      args: [
        `DATABASE_URL=${settings.databaseUrl}`,
        `SPILLWAY_ROLE=${settings.role}`,
        `SPILLWAY_PORT=${port}`,
        `SPILLWAY_TOKEN=${settings.token}`,
        `SPILLWAY_ENCRYPTION_KEY=${settings.encryptionKey}`,
        `SPILLWAY_MIGRATE=${settings.migrate}`,
        process.execPath,
        settings.entry ?? built,
      ],
      folder: settings.folder,
    });
    await daemon.ready(async () => (await fetch(`${url}/health/ready`)).ok);
    return new SpillwayProcess(daemon, url);
  }

  /** SIGKILL: no handler runs, no connection is closed in order. */
  kill(): Promise<void> {
    return this.daemon.kill();
  }

  /** SIGSTOP: it keeps its connections and does nothing, until `thaw`. */
  freeze(): void {
    this.daemon.freeze();
  }

  thaw(): void {
    this.daemon.thaw();
  }

  stop(): Promise<void> {
    return this.daemon.stop();
  }
}
