import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addMeasurementPush } from './push.js';

export function addMeasurementCommands(program: Command, runner: Runner): void {
  const measurement = program.command('measurement').description('What you measure yourselves');
  addMeasurementPush(measurement, runner);
}
