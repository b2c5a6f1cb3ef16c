import type { Command } from 'commander';
import { serviceFacts } from '../../render/service.js';
import type { Runner } from '../../session.js';
import { service as serviceName } from '../arguments.js';
import { examples } from '../examples.js';

export function addServiceGet(service: Command, runner: Runner): void {
  service
    .command('get')
    .description('One service')
    .argument('<name>', 'namespace/name', serviceName)
    .addHelpText('after', examples('spillway service get shop/catalog'))
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.services.get(name);
        print(found, () => serviceFacts(found, io.now()));
      }),
    );
}
