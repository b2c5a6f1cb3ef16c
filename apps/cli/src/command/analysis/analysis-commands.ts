import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addAnalysisEvaluate } from './add-analysis-evaluate.js';
import { addAnalysisJudges } from './add-analysis-judges.js';
import { addAnalysisReplay } from './add-analysis-replay.js';

export function addAnalysisCommands(program: Command, runner: Runner): void {
  const analysis = program.command('analysis').description('Judge measurements as releases do');
  addAnalysisEvaluate(analysis, runner);
  addAnalysisReplay(analysis, runner);
  addAnalysisJudges(analysis, runner);
}
