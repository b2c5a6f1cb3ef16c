import type { Command } from 'commander';
import { applyFile } from '../manifest/apply-file.js';
import type { Runner } from '../session.js';
import { examples } from './examples.js';

const format = `
A file holds any number of YAML documents, separated by "---". Each begins with
"kind: Cluster", "kind: Source", "kind: Service", "kind: Strategy", "kind: EgressPolicy" or
"kind: Release"; its other fields are those of the REST documents. Clusters and sources are sent
first, then services, strategies and egress policies, then releases. It stops at the first document
that is refused. Secrets have no place in a file: see "spillway secret put --help".
`;

export function addApply(program: Command, runner: Runner): void {
  program
    .command('apply')
    .description('Send the documents of a file in the order in which they need each other')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', format)
    .addHelpText(
      'after',
      examples('spillway apply -f shop.yaml', 'cat *.yaml | spillway apply -f -'),
    )
    .action(runner.run((session, { file }: { readonly file: string }) => applyFile(session, file)));
}
