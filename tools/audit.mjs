/**
 * Asks the registry for known holes in what Spillway runs with: `npm run audit`. Fails for one that
 * is high or critical. A registry that keeps no such list, as a mirror may, is told and not a failure.
 */
import { spawnSync } from 'node:child_process';
import { root, say } from './workspace.mjs';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: root,
  encoding: 'utf8',
  timeout: 60_000,
});

const found = parsed(stdout);
if (found === undefined) {
  say('The registry does not answer audits: known holes were not looked for.');
} else {
  const { high = 0, critical = 0, moderate = 0, low = 0 } = found;
  say(`Known holes: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low.`);
  if (high + critical > 0) {
    say('Run "npm audit --omit=dev" for what they are, and update or override the packages.');
    process.exitCode = 1;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
