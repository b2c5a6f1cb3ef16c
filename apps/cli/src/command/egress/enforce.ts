import type { Command } from 'commander';
import { egressFacts } from '../../render/egress.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

interface Options {
  readonly acceptBlocked?: string;
  readonly window?: string;
}

export function addEgressEnforce(egress: Command, runner: Runner): void {
  egress
    .command('enforce')
    .description('Let the namespace reach nothing but what is allowed')
    .argument('<namespace>')
    .option(
      '--accept-blocked <reason>',
      'enforce though traffic would be blocked, or nobody knows; say why',
    )
    .option('--window <duration>', 'how far back to look for such traffic (default: 24h)')
    .addHelpText(
      'after',
      examples(
        'spillway egress enforce shop',
        'spillway egress enforce shop --accept-blocked "CHG-1042: the old feed is gone"',
      ),
    )
    .action(
      runner.run(async ({ client, io, print, paint }, namespace: string, options: Options) => {
        const policy = await client.egressPolicies.enforce(namespace, options);
        print(policy, () => egressFacts(policy, io.now(), paint));
      }),
    );
}
