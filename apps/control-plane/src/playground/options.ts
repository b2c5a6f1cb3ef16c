const usage = `npm start            two simulated clusters with traffic, until Ctrl-C
npm start -- --demo  one good and one bad release, then it ends`;

/** What the playground was asked for; `exit` when it is only to say something, with its exit code. */
export type PlaygroundOptions =
  | { readonly kind: 'run'; readonly demo: boolean }
  | { readonly kind: 'exit'; readonly code: 0 | 2; readonly text: string };

export function playgroundOptions(args: readonly string[]): PlaygroundOptions {
  if (args.includes('--help')) return { kind: 'exit', code: 0, text: usage };
  const unknown = args.find((arg) => arg !== '--demo');
  if (unknown !== undefined) {
    return { kind: 'exit', code: 2, text: `There is no option "${unknown}".\n\n${usage}` };
  }
  return { kind: 'run', demo: args.length > 0 };
}
