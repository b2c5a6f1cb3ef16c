import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addRouteExplain } from './add-route-explain.js';

export function addRouteCommands(program: Command, runner: Runner): void {
  const route = program.command('route').description('What Istio’s configuration does to requests');
  addRouteExplain(route, runner);
}
