import { isVersion } from '@spillway/kernel';
import { InvalidArgumentError, type Command } from 'commander';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';
import { files, paths } from '../offline-options.js';
import { render } from './render.js';
import type { Point } from './station.js';

const notes = `
Needs no server and no cluster. The files hold a Service and a Strategy, and Cluster documents
where waves choose by labels. What is printed is what the clusters of the step's wave hold once
they have taken it: YAML, or a List with -o json. An adopted service needs --live with the
VirtualService that it adopts; then that is printed as it will be, or with --patch the change.
What lint finds in it goes to stderr.
`;

const nobody = '00000000-0000-0000-0000-000000000000';

const shown = 'spillway render -f catalog.yaml -f canary-10.yaml --candidate v2';

export function addRender(program: Command, runner: Runner): void {
  program
    .command('render')
    .description('The objects that a release writes at a step, without writing them')
    .addOption(files('documents of a Service and a Strategy').makeOptionMandatory())
    .requiredOption('--candidate <version>', 'the version to release', candidate)
    .option('--step <step>', 'its number in the plan, "preparation" or "end"', point, 'preparation')
    .option('--wave <number>', 'as clusters of another wave have it then', wholeNumber(1))
    .option('--service <name>', 'which, where the files have several')
    .option('--strategy <name>', 'which, where the files have several')
    .addOption(paths('--live <path>', 'objects that people have in the cluster'))
    .option('--patch', 'the JSON patch of an adopted VirtualService instead of the object')
    .option('--release <id>', 'the id that is written into it', id, nobody)
    .option('--generation <number>', 'instead of counting from 1', wholeNumber(1))
    .addHelpText('after', notes)
    .addHelpText('after', examples(shown, `${shown} --step 1 -o json`))
    .action(runner.runOffline(render));
}

function candidate(written: string): string {
  if (isVersion(written)) return written;
  throw new InvalidArgumentError('Write letters, digits and "-", at most 63.');
}

function id(written: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(written)) return written;
  throw new InvalidArgumentError('Write a UUID in small letters.');
}

function point(written: string): Point {
  if (written === 'preparation' || written === 'end') return written;
  return wholeNumber(1)(written);
}
