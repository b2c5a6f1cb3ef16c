import type { Argument, Command, Option } from 'commander';

/** A command as people meet it, read from the program itself. */
export interface CommandNode {
  /** Such as `release create`; empty for the program. */
  readonly path: string;
  readonly description: string;
  readonly usage: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly isRequired: boolean;
  }[];
  /** Its own; those of the program go for all. */
  readonly options: readonly OptionNode[];
  /** What its help says beyond that, without the examples. */
  readonly about: string;
  readonly examples: readonly string[];
  readonly commands: readonly CommandNode[];
}

export interface OptionNode {
  readonly flags: string;
  /** Each way to write it, such as `-o` and `--output`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  readonly standard: string | undefined;
}

export function treeOf(command: Command, above: readonly string[] = []): CommandNode {
  const isRoot = command.parent === null;
  const path = isRoot ? [] : [...above, command.name()];
  const after = afterHelp(command);
  return {
    path: path.join(' '),
    description: command.description(),
    usage: `spillway ${[...path, command.usage()].join(' ')}`,
    arguments: command.registeredArguments.map(argumentOf),
    options: command.options.filter(({ hidden }) => !hidden).map(optionOf),
    about: after.replace(/\nExamples:\n(?: {2}\$ .*\n)+/g, '').trim(),
    examples: [...after.matchAll(/^ {2}\$ (.+)$/gm)].map(([, line = '']) => line),
    commands: command.commands.map((one) => treeOf(one, path)),
  };
}

/** Every command below, and the one itself. */
export const everyCommand = (node: CommandNode): readonly CommandNode[] => [
  node,
  ...node.commands.flatMap(everyCommand),
];

const argumentOf = (argument: Argument): CommandNode['arguments'][number] => ({
  name: argument.name(),
  description: argument.description,
  isRequired: argument.required,
});

const optionOf = (option: Option): OptionNode => ({
  flags: option.flags,
  names: [option.short, option.long].filter((name) => name !== undefined),
  description: option.description,
  takesValue: option.required || option.optional,
  isRequired: option.mandatory,
  choices: option.argChoices ?? [],
  standard: option.defaultValue === undefined ? undefined : String(option.defaultValue),
});

/** What was added to the help is known to its printing only. */
function afterHelp(command: Command): string {
  const before = command.configureOutput();
  let written = '';
  command.configureOutput({ ...before, writeOut: (text) => void (written += text) });
  command.outputHelp();
  command.configureOutput(before);
  return written.replace(command.helpInformation(), '');
}
