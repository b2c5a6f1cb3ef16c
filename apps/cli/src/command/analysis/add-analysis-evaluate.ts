import type { Command } from 'commander';
import type { Desk, Runner } from '../../session.js';
import { examples } from '../examples.js';
import { judgeCases } from './read-cases.js';
import { verdictsText } from './verdict-text.js';

const notes = `
Needs no server and no cluster. Reads a JSON array of {"judge", "settings", "measurements", "name"}
and prints a verdict for each, in order: all evidence with -o json. Settings that are left out are
each judge's own; a strategy has some of its own. Exits with 0 whatever the verdicts are, with 2 when a case cannot be read;
then nothing is judged. "spillway analysis judges" lists judges and functions.
`;

export function addAnalysisEvaluate(analysis: Command, runner: Runner): void {
  analysis
    .command('evaluate')
    .description('Judge measurements of a file: verdict and evidence of each case')
    .argument('<file>', 'JSON; "-" reads standard input')
    .addHelpText('after', notes)
    .addHelpText(
      'after',
      examples(
        'spillway analysis evaluate cases.json',
        'spillway analysis evaluate cases.json -o json',
      ),
    )
    .action(runner.runOffline(evaluate));
}

async function evaluate(desk: Desk, file: string): Promise<void> {
  const verdicts = await judgeCases(desk.io, file);
  desk.print(verdicts, () => verdictsText(verdicts, desk.paint));
}
