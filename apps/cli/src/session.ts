import { Spillway } from '@spillway/sdk';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { readConfig } from './context/config-file.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { Line } from './line.js';
import { identitiesOf } from './render/identity.js';
import { paintFor, type Paint } from './render/paint.js';
import {
  formatOf,
  needsLogin,
  settingsOf,
  type Format,
  type GlobalOptions,
  type Settings,
} from './settings.js';

/** A command that needs no server, being carried out. */
export interface Desk {
  readonly io: Io;
  readonly format: Format;
  /** Ids and names only, where nobody asked for JSON or YAML; no progress. */
  readonly quiet: boolean;
  readonly paint: Paint;
  readonly options: GlobalOptions;
  /** Writes what was asked for: as it is for programs, or as text for people. */
  readonly print: (value: unknown, asText: () => string) => void;
  /** The same for things that come one after another: one JSON object a line, or YAML documents. */
  readonly printNext: (value: unknown, asText: () => string) => void;
}

/** One command that is being carried out. */
export interface Session extends Desk {
  readonly client: Spillway;
  readonly settings: Settings;
  /** Whether the server has answered of late. */
  readonly line: Line;
}

async function openSession(io: Io, options: GlobalOptions): Promise<Session> {
  const config = needsLogin(options, io.env) ? await readConfig(io) : { contexts: {} };
  const settings = settingsOf(options, io.env, config);
  const { baseUrl, token } = settings;
  const line = new Line(() => io.now());
  const client = new Spillway({ baseUrl, token, fetch: line.listenTo });
  return { ...openDesk(io, options), settings, line, client };
}

function openDesk(io: Io, options: GlobalOptions): Desk {
  const format = formatOf(options);
  const quiet = options.quiet === true && format === 'table';
  const put = (text: string): void => io.stdout.write(text);
  const asYaml = (value: unknown): string => stringify(value, { lineWidth: 0 });
  const forPeople = (value: unknown, asText: () => string): string =>
    quiet ? identitiesOf(value) : asText();
  return {
    io,
    format,
    quiet,
    options,
    paint: paintFor(io),
    print: (value, asText) => {
      if (format === 'json') return put(`${JSON.stringify(value, undefined, 2)}\n`);
      return put(format === 'yaml' ? asYaml(value) : forPeople(value, asText));
    },
    printNext: (value, asText) => {
      if (format === 'json') return put(`${JSON.stringify(value)}\n`);
      return put(format === 'yaml' ? `---\n${asYaml(value)}` : forPeople(value, asText));
    },
  };
}

/** What a command does; no code means that it succeeded. */
type Work<On, Args extends unknown[]> = (on: On, ...args: Args) => Promise<ExitCode | void>;

/** Gives commands their session, and remembers how they ended. */
export class Runner {
  code: ExitCode = exitCode.succeeded;

  constructor(private readonly io: Io) {}

  /** For `command.action`: commander hands over arguments, options and, last, the command. */
  run = <Args extends unknown[]>(work: Work<Session, Args>) => this.runOn(openSession, work);

  /** The same for a command that works without a server: neither address nor token is asked for. */
  runOffline = <Args extends unknown[]>(work: Work<Desk, Args>) => this.runOn(openDesk, work);

  private runOn =
    <On, Args extends unknown[]>(
      open: (io: Io, options: GlobalOptions) => On | Promise<On>,
      work: Work<On, Args>,
    ) =>
    async (...given: [...Args, Command]): Promise<void> => {
      const command = given.at(-1) as Command;
      const args = given.slice(0, -1) as Args;
      const on = await open(this.io, command.optsWithGlobals<GlobalOptions>());
      this.code = (await work(on, ...args)) ?? exitCode.succeeded;
    };
}
