import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addReleaseCreate } from './create.js';
import { addReleaseEvents } from './events.js';
import { addReleaseExplain } from './explain.js';
import { addReleaseChangeStrategy, addReleaseInstead } from './instead.js';
import { addReleaseGet } from './get.js';
import { addReleaseHookCalls } from './hook-calls.js';
import { addReleaseJudge } from './judge.js';
import { addReleaseList } from './list.js';
import { addReleaseLooks } from './looks.js';
import { addReleaseOverrideFreeze } from './override-freeze.js';
import { addReleasePlan } from './plan.js';
import { addReleaseVerbs } from './verbs.js';
import { addReleaseWait } from './wait.js';
import { addReleaseWatch } from './watch.js';

export function addReleaseCommands(program: Command, runner: Runner): void {
  const release = program.command('release').description('Releases, running and past');
  addReleasePlan(release, runner);
  addReleaseCreate(release, runner);
  addReleaseList(release, runner);
  addReleaseGet(release, runner);
  addReleaseExplain(release, runner);
  addReleaseWatch(release, runner);
  addReleaseWait(release, runner);
  addReleaseEvents(release, runner);
  addReleaseLooks(release, runner);
  addReleaseHookCalls(release, runner);
  addReleaseVerbs(release, runner);
  addReleaseChangeStrategy(release, runner);
  addReleaseInstead(release, runner);
  addReleaseJudge(release, runner);
  addReleaseOverrideFreeze(release, runner);
}
