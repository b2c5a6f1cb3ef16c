import type { Command } from 'commander';
import { every } from '../../every.js';
import { applyFile } from '../../manifest/apply-file.js';
import { memberFacts, memberTable } from '../../render/member.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addMemberCommands(program: Command, runner: Runner): void {
  const member = program
    .command('member')
    .description('Whom an identity provider vouches for, and what they may do');
  addMemberApply(member, runner);
  addMemberList(member, runner);
  addMemberGet(member, runner);
  addMemberRemove(member, runner);
}

function addMemberApply(member: Command, runner: Runner): void {
  member
    .command('apply')
    .description('Add members, or replace those of the same names')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway member apply -f sre.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Member'),
      ),
    );
}

function addMemberList(member: Command, runner: Runner): void {
  member
    .command('list')
    .description('All members')
    .addHelpText('after', examples('spillway member list'))
    .action(
      runner.run(async ({ client, print }) => {
        const members = await every(client.members.list());
        print(members, () => memberTable(members));
      }),
    );
}

function addMemberGet(member: Command, runner: Runner): void {
  member
    .command('get')
    .description('Whom a member means, and what they may do')
    .argument('<name>')
    .addHelpText('after', examples('spillway member get sre -o yaml'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        const found = await client.members.get(name);
        print(found, () => memberFacts(found));
      }),
    );
}

function addMemberRemove(member: Command, runner: Runner): void {
  member
    .command('remove')
    .description('Take their roles from those whom a member means')
    .argument('<name>')
    .addHelpText('after', examples('spillway member remove sre'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.members.remove(name);
        print({ name, removed: true }, () => `member ${name} removed\n`);
      }),
    );
}
