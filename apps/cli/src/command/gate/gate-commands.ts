import type { Command } from 'commander';
import { gateTable, waitingTable } from '../../render/gate.js';
import type { Runner } from '../../session.js';
import { service } from '../arguments.js';
import { examples } from '../examples.js';

const states = { open: 'open', close: 'closed' } as const;

export function addGateCommands(program: Command, runner: Runner): void {
  const gate = program.command('gate').description('What releases wait for: gates and approvals');
  addWaiting(gate, runner);
  addList(gate, runner);
  for (const verb of ['open', 'close'] as const) addSet(gate, runner, verb);
}

function addWaiting(gate: Command, runner: Runner): void {
  gate
    .command('waiting')
    .description('What waits for your approval, the oldest release first')
    .addHelpText('after', examples('spillway gate waiting', 'spillway gate waiting -o json'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const waiting = await client.gates.waiting();
        print(waiting, () => waitingTable(waiting, io.now()));
      }),
    );
}

function addList(gate: Command, runner: Runner): void {
  gate
    .command('list')
    .description('Gates of a service that somebody opened or closed')
    .argument('<service>', 'namespace/name', service)
    .addHelpText('after', examples('spillway gate list shop/catalog'))
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const gates = await client.gates.list(name);
        print(gates, () => gateTable(gates, io.now()));
      }),
    );
}

function addSet(gate: Command, runner: Runner, verb: 'open' | 'close'): void {
  gate
    .command(verb)
    .description(
      verb === 'open'
        ? 'Let releases of a service pass, this one and those after it'
        : 'Let releases of a service wait, this one and those after it',
    )
    .argument('<service>', 'namespace/name', service)
    .argument('<gate>', 'its name in the strategy')
    .option('--comment <text>', 'why, in your words')
    .addHelpText('after', examples(`spillway gate ${verb} shop/catalog load-test`))
    .action(
      runner.run(
        async ({ client, io, print }, name: string, of: string, flags: { comment?: string }) => {
          const { comment = '' } = flags;
          const put = await client.gates.put(name, of, { state: states[verb], comment });
          print(put, () => gateTable([put], io.now()));
        },
      ),
    );
}
