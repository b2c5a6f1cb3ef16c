import type { Command } from 'commander';
import { every } from '../../every.js';
import { serviceTable } from '../../render/service.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

interface ListOptions {
  readonly namespace?: string;
  readonly cluster?: string;
}

export function addServiceList(service: Command, runner: Runner): void {
  service
    .command('list')
    .description('All services with the version that serves')
    .option('--namespace <name>', 'only in this namespace')
    .option('--cluster <name>', 'only those that are in this cluster')
    .addHelpText(
      'after',
      examples('spillway service list', 'spillway service list --namespace shop --cluster eu-west'),
    )
    .action(
      runner.run(async ({ client, io, print }, filter: ListOptions) => {
        const services = await every(client.services.all(filter));
        print(services, () => serviceTable(services, io.now()));
      }),
    );
}
