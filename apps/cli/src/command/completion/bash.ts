import type { CommandNode } from '../tree.js';
import { placesOf, quoted, type Place } from './describe.js';

/** Where nothing of ours fits, bash completes the name of a file. */
export function bashScript(root: CommandNode): string {
  const places = placesOf(root);
  const known = places.flatMap(({ at }) => (at === '' ? [] : [quoted(at)]));
  return `# bash completion of spillway: source <(spillway completion bash)
_spillway() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${known.join(' | ')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$at:$prev" in
${places.flatMap(valueCases).join('\n')}
  esac
  if [[ -z $words ]]; then
    case "$at" in
${places.map(wordCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _spillway spillway
`;
}

/** After an option that takes a value come its choices, or something that nobody knows. */
const valueCases = ({ at, options }: Place): readonly string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ names, choices }) => {
      const patterns = names.map((name) => quoted(`${at}:${name}`)).join(' | ');
      const effect = choices.length === 0 ? 'return' : `words=${quoted(choices.join(' '))}`;
      return `    ${patterns}) ${effect} ;;`;
    });

const wordCase = ({ at, commands, options }: Place): string => {
  const words = [...commands.map(({ name }) => name), ...options.flatMap(({ names }) => names)];
  return `      ${quoted(at)}) words=${quoted([...words, '--help'].join(' '))} ;;`;
};
