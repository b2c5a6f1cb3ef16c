import type { Command } from 'commander';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

const verbs = {
  approve: 'Say yes at a gate, to the plan as it is now',
  reject: 'Say no at a gate: all traffic back to the stable version, or what the gate says',
} as const;

interface JudgeFlags {
  readonly gate?: string;
  readonly plan?: string;
  readonly comment?: string;
}

/** What approvers tell a release. */
export function addReleaseJudge(release: Command, runner: Runner): void {
  for (const verb of ['approve', 'reject'] as const) {
    release
      .command(verb)
      .description(verbs[verb])
      .argument('<id>')
      .option('--gate <name>', 'which gate; without it the next one that wants approvals')
      .option('--plan <digest>', 'the plan that you read; refused when it is another one by now')
      .option('--comment <text>', 'why, in your words; becomes part of the history')
      .addHelpText(
        'after',
        examples(
          `spillway release ${verb} 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --comment "looked at the numbers"`,
        ),
      )
      .action(
        runner.run(async ({ client, io, print }, id: string, flags: JudgeFlags) => {
          const told = await client.releases[verb](id, { ...flags });
          print(told, () => releaseFacts(told, io.now()));
        }),
      );
  }
}
