import type { Command } from 'commander';
import type { OnBusy } from '@spillway/sdk';
import type { Runner } from '../../session.js';
import { service as serviceName } from '../arguments.js';
import { examples } from '../examples.js';
import { onBusyOption } from './on-busy.js';
import { follow, followTerms, withFollow, type FollowOptions } from './follow.js';

interface CreateOptions extends FollowOptions {
  readonly candidate: string;
  readonly strategy: string;
  readonly description?: string;
  readonly id?: string;
  readonly onBusy?: OnBusy;
  readonly idempotencyKey?: string;
}

export function addReleaseCreate(release: Command, runner: Runner): void {
  withFollow(
    release
      .command('create')
      .description('Release a version of a service')
      .argument('<service>', 'namespace/name', serviceName)
      .requiredOption('--candidate <version>', 'the version to release')
      .requiredOption('--strategy <name>', 'how it gets its traffic; the newest version is taken')
      .option('--description <text>', 'why, in your words')
      .addOption(onBusyOption())
      .option('--idempotency-key <key>', 'the same key with the same release starts it once')
      .option('--id <id>', 'as a plan gave it: what is written is what the plan showed'),
  )
    .addHelpText(
      'after',
      examples(
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --watch',
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --wait --timeout 1h --quiet',
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --description "Faster search" -o json',
      ),
    )
    .action(
      runner.run(async (session, service: string, options: CreateOptions) => {
        const { watch, wait, timeout, idempotencyKey, ...rest } = options;
        const terms = followTerms({ watch, wait, timeout });
        const started = await session.client.releases.start(
          { service, ...rest },
          { idempotencyKey },
        );
        return follow(session, started, terms);
      }),
    );
}
