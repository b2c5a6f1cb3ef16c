import type { Command } from 'commander';
import { every, upTo } from '../../every.js';
import { lookTable } from '../../render/look.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

interface LooksOptions {
  readonly metric?: string;
  readonly cluster?: string;
  readonly step?: number;
  readonly limit?: number;
}

const about = `
The newest windows come first. Steps count from 1, as "release get" counts them; the bake after
the promotion comes after the last. With "-o json" each look has its readings and all of its
evidence, and its step counts from 0.
`;

export function addReleaseLooks(release: Command, runner: Runner): void {
  release
    .command('looks')
    .description('What was measured for a release, and what was concluded from it')
    .argument('<id>')
    .option('--metric <name>', 'only of this metric')
    .option('--cluster <name>', 'only in this cluster')
    .option('--step <number>', 'only of this step, from 1', wholeNumber(1))
    .option('--limit <number>', 'at most so many; without it all', wholeNumber(1))
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway release looks 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --limit 20',
        'spillway release looks 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --metric errors --cluster eu-west --step 2 -o json',
      ),
    )
    .action(
      runner.run(async ({ client, paint, print }, id: string, options: LooksOptions) => {
        const { step, limit, ...where } = options;
        const filter = { ...where, step: step === undefined ? undefined : step - 1 };
        const all = client.releases.allLooks(id, { ...filter, limit: Math.min(limit ?? 200, 200) });
        const looks = await (limit === undefined ? every(all) : upTo(limit, all));
        print(looks, () => lookTable(looks, paint));
      }),
    );
}
