import { Argument, type Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';
import { treeOf, type CommandNode } from '../tree.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { zshScript } from './zsh.js';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
  string,
  (root: CommandNode) => string
>;

const about = `
The script knows the commands of this version: make it anew after an update. The examples write it
to where the shells look; the folder for zsh has to be in its fpath.
`;

export function addCompletion(program: Command, runner: Runner): void {
  program
    .command('completion')
    .description('A script that lets the shell complete commands, options and their values')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)))
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway completion bash > ~/.local/share/bash-completion/completions/spillway',
        'spillway completion zsh > ~/.zsh/completions/_spillway',
        'spillway completion fish > ~/.config/fish/completions/spillway.fish',
      ),
    )
    .action(
      runner.runOffline(({ io }, shell: keyof typeof scripts) => {
        io.stdout.write(scripts[shell](treeOf(program)));
        return Promise.resolve();
      }),
    );
}
