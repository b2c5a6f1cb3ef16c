import { Option } from 'commander';

/** What the commands that read files of Kubernetes have in common. */
export const files = (what: string): Option =>
  new Option(
    '-f, --file <path>',
    `${what}; "-" reads standard input; may be given several times`,
  ).argParser((written: string, before?: readonly string[]) => [...(before ?? []), written]);

export const namespace = (): Option =>
  new Option('-n, --namespace <name>', 'of objects that name none').default('default');
