import type { Command } from 'commander';
import { every } from '../../every.js';
import { serviceTable } from '../../render/service.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addServiceList(service: Command, runner: Runner): void {
  service
    .command('list')
    .description('All services with the version that serves')
    .addHelpText('after', examples('spillway service list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const services = await every(client.services.all());
        print(services, () => serviceTable(services, io.now()));
      }),
    );
}
