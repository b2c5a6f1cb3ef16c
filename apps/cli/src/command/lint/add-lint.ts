import type { IstioRelease, Severity } from '@spillway/domain-lint';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { exitCode, type ExitCode } from '../../exit-code.js';
import { readMeshFiles } from '../../mesh-file/read-mesh-files.js';
import type { Desk, Runner } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';
import { files, namespace } from '../offline-options.js';
import { lintEntries } from './lint-catalogue.js';
import { lintMesh } from './lint-mesh.js';
import { entryTable, entryText, reportText } from './lint-text.js';

interface LintCommand {
  readonly file?: readonly string[];
  readonly istio?: IstioRelease;
  readonly rootNamespace: string;
  readonly namespace: string;
  readonly severity: Severity;
  readonly explain?: string;
  readonly list?: true;
}

const notes = `
Needs no server and no cluster. Reads the objects together, as one cluster would hold them;
what is in none of the files is taken to be in the cluster, unless the files have others of
its kind. Exits with 1 when there is an error, with 2 when a file cannot be read.
`;

export function addLint(program: Command, runner: Runner): void {
  program
    .command('lint')
    .description('Check Istio’s configuration in files: what is refused, ignored or misrouted')
    .addOption(files('YAML or JSON, or a folder of it'))
    .option('--istio <version>', 'the Istio that is to read it, such as 1.29', istioRelease)
    .option('--root-namespace <name>', 'of the mesh’s own configuration', 'istio-system')
    .addOption(namespace())
    .addOption(
      new Option('--severity <least>', 'report nothing less than this')
        .choices(['error', 'warning', 'info'])
        .default('info'),
    )
    .option('--explain <code>', 'what a code means, and what to do')
    .option('--list', 'every code')
    .addHelpText('after', notes)
    .addHelpText(
      'after',
      examples(
        'spillway lint -f shop.yaml',
        'cat *.yaml | spillway lint -f - -o json',
        'spillway lint --explain WEIGHT_NEGATIVE',
      ),
    )
    .action(runner.runOffline(lint));
}

async function lint(desk: Desk, command: LintCommand): Promise<ExitCode> {
  if (command.list === true) return list(desk);
  if (command.explain !== undefined) return explain(desk, command.explain);
  const { file = [], istio, rootNamespace, severity } = command;
  if (file.length === 0) {
    throw new UsageError('No file is given.', 'Write -f FILE, -f FOLDER or -f -.');
  }
  const mesh = await readMeshFiles(desk.io, file, command.namespace);
  const report = lintMesh(mesh, { istio, rootNamespace, severity });
  desk.print(report, () => reportText(report, desk.paint));
  return report.summary.errors > 0 ? exitCode.failed : exitCode.succeeded;
}

function list({ print }: Desk): ExitCode {
  print(lintEntries, () => entryTable(lintEntries));
  return exitCode.succeeded;
}

function explain({ print }: Desk, code: string): ExitCode {
  const found = lintEntries.filter((entry) => entry.code === code.toUpperCase());
  const [entry] = found;
  if (entry === undefined) {
    throw new UsageError(`There is no code "${code}".`, '"spillway lint --list" prints all.');
  }
  print(entry, () => entryText(entry));
  return exitCode.succeeded;
}

function istioRelease(written: string): IstioRelease {
  const minor = /^1\.(\d{1,3})(?:\.\d+)?$/.exec(written)?.[1];
  if (minor === undefined) throw new InvalidArgumentError('Write it as 1.29.');
  return { minor: Number(minor) };
}
