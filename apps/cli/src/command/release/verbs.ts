import { Option, type Command } from 'commander';
import type { Release } from '@spillway/sdk';
import { releaseFacts } from '../../render/release.js';
import type { Runner, Session } from '../../session.js';
import { examples } from '../examples.js';
import { wholeNumber } from '../arguments.js';

const id = '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11';

interface Said {
  readonly comment?: string;
}

const told =
  <O extends Said>(tell: (session: Session, id: string, options: O) => Promise<Release>) =>
  async (session: Session, release: string, options: O): Promise<void> => {
    const answer = await tell(session, release, options);
    session.print(answer, () => releaseFacts(answer, session.io.now()));
  };

const withComment = (command: Command, example: string): Command =>
  command
    .option('--comment <text>', 'why, in your words; becomes part of the history')
    .addHelpText('after', examples(example));

const verbs = {
  pause: 'Keep all weights as they are until it is resumed',
  resume: 'Go on after a pause',
  restart: 'Go back to the first step of its plan; weights go down at once',
  abort: 'Give all traffic back to the stable version, in every cluster, now; or leave the queue',
} as const;

type Verb = keyof typeof verbs;

/** What a person tells a running release. */
export function addReleaseVerbs(release: Command, runner: Runner): void {
  for (const verb of Object.keys(verbs) as Verb[]) {
    withComment(
      release.command(verb).description(verbs[verb]).argument('<id>'),
      `spillway release ${verb} ${id} --comment "asked for by Ada"`,
    ).action(
      runner.run(told(({ client }, one, { comment }) => client.releases[verb](one, { comment }))),
    );
  }
  addPromote(release, runner);
  addSteps(release, runner);
}

interface PromoteOptions extends Said {
  readonly full?: boolean;
}

function addPromote(release: Command, runner: Runner): void {
  withComment(
    release
      .command('promote')
      .description('Skip what is left of the plan: all traffic to the candidate now')
      .argument('<id>')
      .option('--full', 'skip the bake after the promotion, too'),
    `spillway release promote ${id} --full --comment "looked at by hand"`,
  ).action(
    runner.run(
      told(({ client }, one, { full, comment }: PromoteOptions) =>
        full === true
          ? client.releases.promoteFull(one, { comment })
          : client.releases.promote(one, { comment }),
      ),
    ),
  );
}

interface SkipOptions extends Said {
  readonly step?: number;
}

function addSteps(release: Command, runner: Runner): void {
  withComment(
    release
      .command('skip-step')
      .description('Take a step as done')
      .argument('<id>')
      .addOption(
        new Option('--step <index>', 'the step, from 0; without it the present one').argParser(
          wholeNumber(0),
        ),
      ),
    `spillway release skip-step ${id} --step 1 --comment "no traffic at night"`,
  ).action(
    runner.run(
      told(({ client }, one, { step, comment }: SkipOptions) =>
        client.releases.skipStep(one, { step, comment }),
      ),
    ),
  );
  withComment(
    release
      .command('jump')
      .description('Go to a step: back at once, ahead by the weights on the way')
      .argument('<id>')
      .argument('<step>', 'index of the step, from 0', wholeNumber(0)),
    `spillway release jump ${id} 2 --comment "seen enough of 10 %"`,
  ).action(
    runner.run(async ({ client, io, print }, one: string, step: number, options: Said) => {
      const answer = await client.releases.jumpToStep(one, step, options);
      print(answer, () => releaseFacts(answer, io.now()));
    }),
  );
}
