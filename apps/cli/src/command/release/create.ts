import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { watchRelease } from '../../watch/watch-release.js';
import { service as serviceName } from '../arguments.js';
import { examples } from '../examples.js';

interface CreateOptions {
  readonly candidate: string;
  readonly strategy: string;
  readonly description?: string;
  readonly id?: string;
  readonly watch?: boolean;
}

export function addReleaseCreate(release: Command, runner: Runner): void {
  release
    .command('create')
    .description('Release a version of a service')
    .argument('<service>', 'namespace/name', serviceName)
    .requiredOption('--candidate <version>', 'the version to release')
    .requiredOption('--strategy <name>', 'how it gets its traffic; the newest version is taken')
    .option('--description <text>', 'why, in your words')
    .option('--id <id>', 'as a plan gave it: what is written is what the plan showed')
    .option('--watch', 'follow it to its end; exit 0 only if it succeeds')
    .addHelpText(
      'after',
      examples(
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --watch',
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --description "Faster search" -o json',
      ),
    )
    .action(
      runner.run(async (session, service: string, { watch, ...rest }: CreateOptions) => {
        const { client, io, print } = session;
        const started = await client.releases.start({ service, ...rest });
        if (watch === true) return watchRelease(session, started.id);
        print(started, () => releaseFacts(started, io.now()));
        return exitCode.succeeded;
      }),
    );
}
