import { main } from '../cli.js';
import { FakeIo, type FakeOptions } from './fake-io.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs command lines against a server, as a shell would split them by spaces. */
export const shellOf =
  (url: () => string) =>
  async (line: string, options: FakeOptions = {}): Promise<Outcome> => {
    const io = new FakeIo({ ...options, env: { SPILLWAY_URL: url(), ...options.env } });
    const code = await main(words(line), io);
    return { code, ...io.written };
  };

/** The words of a command line without the program’s name; quotes keep words together. */
export const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, bare]) => quoted ?? bare ?? '')
    .filter((word, index) => index > 0 || word !== 'spillway');
