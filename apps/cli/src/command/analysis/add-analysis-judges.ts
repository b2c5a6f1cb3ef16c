import { boundaryFunctions, judges } from '@spillway/interface-contract';
import type { Command } from 'commander';
import { table } from '../../render/table.js';
import type { Desk, Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addAnalysisJudges(analysis: Command, runner: Runner): void {
  analysis
    .command('judges')
    .description('The judges that evaluate and replay know, and the functions of "boundary"')
    .addHelpText('after', examples('spillway analysis judges'))
    .action(runner.runOffline(list));
}

const listed = {
  judges: Object.entries(judges).map(([name, { about }]) => ({ name, about })),
  functions: Object.entries(boundaryFunctions).map(([name, { about }]) => ({ name, about })),
};

const rows = (some: readonly { readonly name: string; readonly about: string }[]) =>
  some.map(({ name, about }) => [name, about]);

async function list({ print }: Desk): Promise<void> {
  print(
    listed,
    () =>
      `${table(['JUDGE', 'ABOUT'], rows(listed.judges))}\n` +
      table(['FUNCTION OF BOUNDARY', 'ABOUT'], rows(listed.functions)),
  );
  return Promise.resolve();
}
