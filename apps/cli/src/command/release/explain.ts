import type { ReleaseEvent } from '@spillway/sdk';
import type { Command } from 'commander';
import { explanationOf, explanationText } from '../../render/explanation.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

/** More than a strategy has metrics times clusters, in one page. */
const newestLooks = 200;

export function addReleaseExplain(release: Command, runner: Runner): void {
  release
    .command('explain')
    .description('Why a release is where it is, what it waits for, and what you can do')
    .argument('<id>')
    .addHelpText('after', examples('spillway release explain 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11'))
    .action(
      runner.run(async ({ client, io, paint, print }, id: string) => {
        const found = await client.releases.get(id);
        const [events, looks] = await Promise.all([
          newest<ReleaseEvent>(client.releases.events(id), 5),
          client.releases.looks(id, { limit: newestLooks }).take(newestLooks),
        ]);
        const explanation = explanationOf({ release: found, events, looks, now: io.now() });
        print(explanation, () => explanationText(explanation, paint));
      }),
    );
}

/** The last ones of what comes oldest first. */
async function newest<Item>(items: AsyncIterable<Item>, count: number): Promise<readonly Item[]> {
  let last: readonly Item[] = [];
  for await (const item of items) last = [...last, item].slice(-count);
  return last;
}
