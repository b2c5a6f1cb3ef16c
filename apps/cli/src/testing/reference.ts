import { everyCommand, type CommandNode } from '../command/tree.js';

/** The reference of every command, as Markdown; what can be called is a part of its own. */
export function referenceOf(root: CommandNode): string {
  const callable = everyCommand(root).filter(({ commands }) => commands.length === 0);
  const general = ['### Options of every command', ...optionTable(root.options)];
  return [...general, ...callable.map(partOf)].join('\n\n');
}

const partOf = ({ path, description, usage, ...rest }: CommandNode): string =>
  [
    `### ${path}`,
    `${description}.`,
    `\`\`\`text\n${usage}\n\`\`\``,
    ...rest.about
      .split(/\n{2,}/)
      .filter((text) => text !== '')
      .map(literal),
    ...optionTable(rest.options, rest.arguments),
    ...(rest.examples.length === 0 ? [] : [`\`\`\`text\n${rest.examples.join('\n')}\n\`\`\``]),
  ].join('\n\n');

/** Help texts are wrapped for terminals and may be lists of columns; those stay as they are. */
const literal = (text: string): string =>
  text.split('\n').some((line) => /^ {2}/.test(line))
    ? `\`\`\`text\n${text}\n\`\`\``
    : text.replaceAll('\n', ' ').replaceAll(/[*<]/g, String.raw`\$&`);

function optionTable(
  options: CommandNode['options'],
  operands: CommandNode['arguments'] = [],
): readonly string[] {
  const rows = [
    ...operands
      .filter(({ description }) => description !== '')
      .map(({ name, description, isRequired }) => [
        isRequired ? `<${name}>` : `[${name}]`,
        description,
      ]),
    ...options.map(({ flags, description, choices, standard, isRequired }) => [
      flags,
      [
        description,
        ...(isRequired ? ['required'] : []),
        ...(choices.length === 0 ? [] : [`one of ${choices.join(', ')}`]),
        ...(standard === undefined ? [] : [`default ${standard}`]),
      ].join('; '),
    ]),
  ];
  const lines = rows.map(
    ([what = '', means = '']) => `| \`${cell(what)}\` | ${cell(literal(means))} |`,
  );
  if (lines.length === 0) return [];
  return [['| what | meaning |', '| --- | --- |', ...lines].join('\n')];
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
