import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import { auditProof, auditTable } from '../../render/audit.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

export function addAuditCommands(program: Command, runner: Runner): void {
  const audit = program.command('audit').description('Who changed what');
  addAuditList(audit, runner);
  addAuditVerify(audit, runner);
}

interface ListOptions {
  readonly actor?: string;
  readonly operation?: string;
  readonly subject?: string;
  readonly limit: number;
}

function addAuditList(audit: Command, runner: Runner): void {
  audit
    .command('list')
    .description('Changes, newest first')
    .option('--actor <name>', 'only by this person or token')
    .option('--operation <name>', 'only of this kind, such as putService')
    .option('--subject <text>', 'only of this, such as "service shop/catalog"')
    .option('--limit <number>', 'at most so many', wholeNumber(1), 50)
    .addHelpText(
      'after',
      examples('spillway audit list', 'spillway audit list --subject "service shop/catalog"'),
    )
    .action(
      runner.run(async ({ client, io, print }, options: ListOptions) => {
        const { items } = await client.audit.list(options);
        print(items, () => auditTable(items, io.now()));
      }),
    );
}

function addAuditVerify(audit: Command, runner: Runner): void {
  audit
    .command('verify')
    .description('Check that nobody altered the log; exits 1 when somebody did')
    .addHelpText('after', examples('spillway audit verify'))
    .action(
      runner.run(async ({ client, print }) => {
        const proof = await client.audit.verify();
        print(proof, () => auditProof(proof));
        return proof.ok ? exitCode.succeeded : exitCode.failed;
      }),
    );
}
