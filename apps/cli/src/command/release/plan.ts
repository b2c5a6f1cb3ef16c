import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import { isClear, releasePlanText } from '../../render/release-plan.js';
import type { Runner } from '../../session.js';
import { service as serviceName } from '../arguments.js';
import { examples } from '../examples.js';

interface PlanOptions {
  readonly candidate: string;
  readonly strategy: string;
}

export function addReleasePlan(release: Command, runner: Runner): void {
  release
    .command('plan')
    .description('Show what a release would write where, and write nothing')
    .argument('<service>', 'namespace/name', serviceName)
    .requiredOption('--candidate <version>', 'the version to release')
    .requiredOption('--strategy <name>', 'how it gets its traffic; the newest version is taken')
    .addHelpText(
      'after',
      examples('spillway release plan shop/catalog --candidate v2 --strategy canary-10'),
    )
    .action(
      runner.run(async ({ client, paint, print }, service: string, options: PlanOptions) => {
        const plan = await client.releases.plan({ service, ...options });
        print(plan, () => releasePlanText(plan, paint));
        return isClear(plan) ? exitCode.succeeded : exitCode.failed;
      }),
    );
}
