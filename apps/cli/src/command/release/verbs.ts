import type { Command } from 'commander';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

const verbs = {
  pause: 'Keep all weights as they are until it is resumed',
  resume: 'Go on after a pause',
  promote: 'Skip what is left of the plan: all traffic to the candidate now',
  abort: 'Give all traffic back to the stable version, in every cluster, now',
} as const;

type Verb = keyof typeof verbs;

/** What a person tells a running release. */
export function addReleaseVerbs(release: Command, runner: Runner): void {
  for (const verb of Object.keys(verbs) as Verb[]) {
    release
      .command(verb)
      .description(verbs[verb])
      .argument('<id>')
      .option('--comment <text>', 'why, in your words; becomes part of the history')
      .addHelpText(
        'after',
        examples(
          `spillway release ${verb} 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --comment "asked for by Ada"`,
        ),
      )
      .action(
        runner.run(async ({ client, io, print }, id: string, options: { comment?: string }) => {
          const told = await client.releases[verb](id, { comment: options.comment });
          print(told, () => releaseFacts(told, io.now()));
        }),
      );
  }
}
