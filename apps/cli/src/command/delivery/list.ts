import { Option, type Command } from 'commander';
import type { Delivery, Spillway } from '@spillway/sdk';
import { upTo } from '../../every.js';
import { deliveryTable } from '../../render/delivery.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

interface ListOptions {
  readonly direction: 'in' | 'out';
  readonly state?: string;
  readonly webhook?: string;
  readonly endpoint?: string;
  readonly release?: string;
  readonly limit: number;
}

export function addDeliveryList(delivery: Command, runner: Runner): void {
  delivery
    .command('list')
    .description('What goes out to notification endpoints, or came in to webhooks; newest first')
    .addOption(new Option('--direction <direction>').choices(['in', 'out']).default('out'))
    .option('--state <state>', 'out: pending, delivered, dead; in: released, refused and others')
    .option('--endpoint <name>', 'only of this notification endpoint')
    .option('--release <id>', 'only of this release')
    .option('--webhook <name>', 'only of this webhook; with --direction in')
    .option('--limit <n>', 'at most so many', wholeNumber(1), 50)
    .addHelpText(
      'after',
      examples(
        'spillway delivery list --state dead',
        'spillway delivery list --direction in --webhook ci',
      ),
    )
    .action(
      runner.run(async ({ client, io, print }, options: ListOptions) => {
        const found = await upTo(options.limit, wanted(client, options));
        print(found, () => deliveryTable(found, io.now()));
      }),
    );
}

/** The server names a filter that is of the other direction, or a state that is none. */
function wanted(
  { deliveries }: Spillway,
  { direction, limit, ...filter }: ListOptions,
): AsyncIterable<Delivery> {
  const options = { ...filter, limit: Math.min(limit, 200) } as object;
  return direction === 'in' ? deliveries.received(options) : deliveries.outgoing(options);
}
