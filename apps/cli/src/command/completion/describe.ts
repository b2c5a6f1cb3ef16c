import { everyCommand, type CommandNode, type OptionNode } from '../tree.js';

/** What can come next at one place of the command line. */
export interface Place {
  /** ` release create`: every word with a space before it; empty at the beginning. */
  readonly at: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionNode[];
}

/** Every place, and what can come there; options of the program can come everywhere. */
export const placesOf = (root: CommandNode): readonly Place[] =>
  everyCommand(root).map((node) => ({
    at: node.path === '' ? '' : ` ${node.path}`,
    commands: node.commands.map(({ path, description }) => ({
      name: path.split(' ').at(-1) ?? '',
      description,
    })),
    options: node === root ? root.options : [...node.options, ...root.options],
  }));

/** In single quotes of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
