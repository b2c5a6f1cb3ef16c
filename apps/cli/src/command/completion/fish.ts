import type { CommandNode } from '../tree.js';
import { placesOf, type Place } from './describe.js';

/** fish has its own quoting: only a backslash and a quote mean something between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

export function fishScript(root: CommandNode): string {
  const places = placesOf(root);
  const known = places.flatMap(({ at }) => (at === '' ? [] : [quoted(at)]));
  return `# fish completion of spillway: spillway completion fish | source
function __spillway_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$at $word" ${known.join(' ')}
      set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c spillway -e
${places.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ at, commands, options }: Place): readonly string[] {
  const start = `complete -c spillway -n ${quoted(`__spillway_at ${quoted(at)}`)}`;
  return [
    ...commands.map(
      ({ name, description }) => `${start} -f -a ${quoted(name)} -d ${quoted(description)}`,
    ),
    ...options.map(({ names, description, takesValue, choices }) => {
      const flags = names.map((name) =>
        name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      );
      const value = takesValue ? ' -r' : '';
      const among = choices.length === 0 ? '' : ` -f -a ${quoted(choices.join(' '))}`;
      return `${start} ${flags.join(' ')}${value}${among} -d ${quoted(description)}`;
    }),
  ];
}
