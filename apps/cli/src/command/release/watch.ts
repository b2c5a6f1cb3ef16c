import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { watchRelease } from '../../watch/watch-release.js';
import { examples } from '../examples.js';

const about = `
In a terminal it draws a live picture; in a pipe it writes one line per event, and with
"-o json" one release per line after each change. Ctrl-C stops watching, not the release.
`;

export function addReleaseWatch(release: Command, runner: Runner): void {
  release
    .command('watch')
    .description('Follow a release to its end; exits 0 only if it succeeds')
    .argument('<id>')
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway release watch 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
        'spillway release watch 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 | tee release.log',
      ),
    )
    .action(runner.run((session, id: string) => watchRelease(session, id)));
}
