import type { Phase } from '@spillway/sdk';
import { Option, type Command } from 'commander';
import { phases } from '../../render/phase.js';
import type { Runner } from '../../session.js';
import { waitForRelease } from '../../watch/wait-for-release.js';
import { time } from '../arguments.js';
import { examples } from '../examples.js';

interface WaitOptions {
  readonly for?: Phase;
  readonly timeout?: number;
}

export function addReleaseWait(release: Command, runner: Runner): void {
  release
    .command('wait')
    .description('Wait until a release ends, and exit 0 only if it succeeded')
    .argument('<id>')
    .addOption(
      new Option('--for <phase>', 'be content with this phase, and exit 0 then').choices(phases),
    )
    .option('--timeout <time>', 'no longer than this, such as 30m; then exits 4', time)
    .addHelpText(
      'after',
      examples(
        'spillway release wait 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --timeout 1h',
        'spillway release wait 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --for progressing',
      ),
    )
    .action(
      runner.run((session, id: string, { for: until, timeout }: WaitOptions) =>
        waitForRelease(session, id, { until, timeoutMs: timeout }),
      ),
    );
}
