import { type Command, InvalidArgumentError, Option } from 'commander';
import { readInput } from '../../read-input.js';
import type { Desk, Runner, Session } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';
import { replayable, type ReplayableJudge } from './replay/assemble.js';
import { readCsv } from './replay/csv.js';
import { csvWindows } from './replay/csv-windows.js';
import { releaseWindows } from './replay/release-windows.js';
import { replay } from './replay/replay.js';
import { replaySettings, settingOf } from './replay/replay-settings.js';
import { replayText } from './replay/replay-text.js';
import type { PastWindow } from './replay/window.js';

interface ReplayCommand {
  readonly csv?: string;
  readonly release?: string;
  readonly metric?: string;
  readonly cluster?: string;
  readonly step?: number;
  readonly judge: ReplayableJudge;
  readonly every: number;
  readonly settings?: string;
  readonly set?: Readonly<Record<string, unknown>>;
}

const notes = `
Judges after every window, knowing no later one, and says when it would have failed or passed first.
With --csv it needs no server; with --release it asks for what the release measured.

Columns of a CSV, beside "at", which is shown as it is:
  errorCount       candidate_requests, candidate_errors, stable_requests, stable_errors [, weight, segment]
  split            candidate_requests, stable_requests; --set shares=[0.1,0.9]
  latency          at, version, le, count [, weight]: a row for each bucket, cumulative, up to le "+Inf"
  mannWhitney, kayenta, msprt, means
                   candidate, stable; NaN or empty where there is no value
  groupSequential  as errorCount, or z; and fraction, information or n, unless --set maxLooks=12 says it
  threshold        candidate [, stable, candidate_requests, error]
Counts are those since the row before. Looks cost more the longer the past is: --every 60 looks after
every 60 windows, still counting each. Exits with 0 whatever the verdicts are.
`;

export function addAnalysisReplay(analysis: Command, runner: Runner): void {
  const fromFile = runner.runOffline(replayFile);
  const fromRelease = runner.run(replayRelease);
  analysis
    .command('replay')
    .description('Judge past windows with any settings, look by look')
    .addOption(new Option('--csv <file>', 'windows, one a row; "-" reads standard input'))
    .addOption(new Option('--release <id>', 'whose windows are judged').conflicts('csv'))
    .option('--metric <name>', 'of the release')
    .option('--cluster <name>', 'where the metric was measured; needed where there are several')
    .option('--step <index>', 'only this step, from 0', wholeNumber(0))
    .addOption(judgeOption())
    .option('--every <n>', 'look after every so many windows, and the last', wholeNumber(1), 1)
    .option('--settings <file>', 'of the judge, YAML or JSON')
    .option('--set <key=value>', 'one setting; may be given several times', settingOf)
    .addHelpText('after', notes)
    .addHelpText(
      'after',
      examples(
        'spillway analysis replay --csv errors.csv --judge errorCount --set alpha=0.001 --set maxRatio=1.5',
        'spillway analysis replay --release 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --metric success-rate --judge errorCount',
      ),
    )
    .action((given: ReplayCommand, command: Command) =>
      given.release === undefined ? fromFile(given, command) : fromRelease(given, command),
    );
}

const judgeOption = (): Option =>
  new Option('--judge <name>', `one of ${Object.keys(replayable).join(', ')}`)
    .makeOptionMandatory()
    .argParser((written) => {
      if (Object.hasOwn(replayable, written)) return written;
      throw new InvalidArgumentError(`Choose one of ${Object.keys(replayable).join(', ')}.`);
    });

async function replayFile(desk: Desk, { csv, ...command }: ReplayCommand): Promise<void> {
  if (csv === undefined) {
    throw new UsageError(
      'No windows are given.',
      'Write --csv FILE, or --release ID and --metric NAME.',
    );
  }
  const file = csv === '-' ? 'standard input' : csv;
  const rows = readCsv(await readInput(desk.io, csv), file);
  await show(desk, csvWindows(rows, command.judge, file), command);
}

async function replayRelease(session: Session, command: ReplayCommand): Promise<void> {
  const { release = '', metric, cluster, step } = command;
  if (metric === undefined) {
    throw new UsageError('No metric is given.', 'Write --metric NAME: which of the release’s.');
  }
  const asked = { release, metric, ...(cluster === undefined ? {} : { cluster }) };
  const windows = await releaseWindows(session.client, {
    ...asked,
    ...(step === undefined ? {} : { step }),
  });
  await show(session, windows, command);
}

async function show(
  desk: Desk,
  windows: readonly PastWindow[],
  { judge, every, settings: file, set = {} }: ReplayCommand,
): Promise<void> {
  const settings = await replaySettings(desk.io, file, set);
  const report = replay({ judge, settings, windows, every });
  desk.print(report, () => replayText(report, desk.paint));
}
