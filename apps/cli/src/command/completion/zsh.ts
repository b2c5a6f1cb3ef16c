import type { CommandNode } from '../tree.js';
import { placesOf, quoted, type Place } from './describe.js';

export function zshScript(root: CommandNode): string {
  const places = placesOf(root);
  const known = places.flatMap(({ at }) => (at === '' ? [] : [quoted(at)]));
  return `#compdef spillway
# zsh completion of spillway: source <(spillway completion zsh)
_spillway() {
  local at='' word
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      (${known.join(' | ')}) at="$at $word" ;;
    esac
  done
  case "$at:\${words[CURRENT-1]}" in
${places.flatMap(valueCases).join('\n')}
  esac
  case "$at" in
${places.map(wordCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options
  elif (( $#commands )); then
    _describe command commands
  else
    _files
  fi
}
compdef _spillway spillway
`;
}

const valueCases = ({ at, options }: Place): readonly string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ names, choices }) => {
      const patterns = names.map((name) => quoted(`${at}:${name}`)).join(' | ');
      const effect =
        choices.length === 0 ? '_files' : `compadd -- ${choices.map(quoted).join(' ')}`;
      return `    (${patterns}) ${effect}; return ;;`;
    });

/** A colon parts a word from what is said of it. */
const described = (name: string, description: string): string =>
  quoted(`${name.replaceAll(':', String.raw`\:`)}:${description}`);

const wordCase = ({ at, commands, options }: Place): string => {
  const names = commands.map(({ name, description }) => described(name, description));
  const flags = options.flatMap((option) =>
    option.names.map((name) => described(name, option.description)),
  );
  return `    (${quoted(at)}) commands=(${names.join(' ')}); options=(${flags.join(' ')}) ;;`;
};
