import { Option } from 'commander';

/** An option that may be given several times. */
export const paths = (flags: string, what: string): Option =>
  new Option(flags, `${what}; may be given several times`).argParser(
    (written: string, before?: readonly string[]) => [...(before ?? []), written],
  );

/** What every command that reads files has. */
export const files = (what: string): Option =>
  paths('-f, --file <path>', `${what}; "-" reads standard input`);

export const namespace = (): Option =>
  new Option('-n, --namespace <name>', 'of objects that name none').default('default');
