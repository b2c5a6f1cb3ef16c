import type { Command } from 'commander';
import { every, upTo } from '../../every.js';
import { hookCallTable } from '../../render/hook-call.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

interface HookCallOptions {
  readonly hook?: string;
  readonly limit?: number;
}

const about = `
The newest come first. The same answer again and again is one line, with how often it was given.
`;

export function addReleaseHookCalls(release: Command, runner: Runner): void {
  release
    .command('hook-calls')
    .description('What the hooks of a release were asked and told, and what they answered')
    .argument('<id>')
    .option('--hook <name>', 'only of this hook')
    .option('--limit <number>', 'at most so many; without it all', wholeNumber(1))
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway release hook-calls 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
        'spillway release hook-calls 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --hook approval -o json',
      ),
    )
    .action(
      runner.run(async ({ client, paint, print }, id: string, { hook, limit }: HookCallOptions) => {
        const all = client.releases.hookCalls(id, { hook, limit: Math.min(limit ?? 200, 200) });
        const calls = await (limit === undefined ? every(all) : upTo(limit, all));
        print(calls, () => hookCallTable(calls, paint));
      }),
    );
}
