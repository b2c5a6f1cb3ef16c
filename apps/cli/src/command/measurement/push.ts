import { Option, type Command } from 'commander';
import type { Runner } from '../../session.js';
import { decimal, service, wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';
import { measurementsOf, type PushOptions } from './measurements.js';

export function addMeasurementPush(measurement: Command, runner: Runner): void {
  const push = measurement
    .command('push')
    .description('Send what you measured of a version; when one is wrong, none is taken');
  figureOptions(push)
    .option(
      '-f, --file <path>',
      'YAML or JSON with one measurement or a list; "-" reads standard input',
    )
    .option('--idempotency-key <key>', 'the same key with the same measurements counts once')
    .addHelpText(
      'after',
      examples(
        'spillway measurement push --metric queue-age --cluster eu-west --service shop/catalog --version v2 --value 1.8',
        'spillway measurement push --metric orders --cluster eu-west --service shop/catalog --version v2 --requests 1204 --errors 3',
        'spillway measurement push -f measurements.json',
      ),
    )
    .action(
      runner.run(async ({ client, io, print }, options: PushOptions) => {
        const measurements = await measurementsOf(options, io);
        const { idempotencyKey } = options;
        const pushed = await client.measurements.push(measurements, { idempotencyKey });
        const what = pushed.accepted === 1 ? 'measurement' : 'measurements';
        print(pushed, () => `${pushed.accepted} ${what} taken\n`);
      }),
    );
}

const figureOptions = (push: Command): Command =>
  push
    .option('--metric <name>', 'name under which strategies ask for it')
    .option('--cluster <name>', 'the cluster in which it was measured')
    .option('--service <namespace/name>', 'the service', service)
    .option('--version <version>', 'the version that was measured')
    .addOption(
      new Option('--value <number>', 'what was measured')
        .argParser(decimal)
        .conflicts(['requests', 'errors']),
    )
    .option(
      '--requests <number>',
      'requests since the measurement before, instead of a value',
      wholeNumber(0),
    )
    .option('--errors <number>', 'how many of these requests failed', wholeNumber(0))
    .option('--at <moment>', 'when it was measured, such as 2026-01-05T10:00:00Z (default: now)');
