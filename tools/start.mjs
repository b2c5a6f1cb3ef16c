/** `npm start [-- --demo]`: installs and builds what is missing, then runs the playground. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { childEnv, inRoot, root, stop } from './workspace.mjs';

const patienceMs = 15_000;
const sameKeyPressMs = 500;

/** npm killed outright tells nobody. Its child then has another parent, and that can be seen. */
const parent = process.ppid;
const isOrphan = () => process.ppid !== parent;

await installIfNeeded();
await build();
if (isOrphan()) stop('Whoever started this is gone; not starting the playground.');
const entry = inRoot('apps', 'control-plane', 'dist', 'playground', 'main.js');
if (!existsSync(entry)) stop(`The build left no playground at ${entry}.`);

/**
 * The playground gets a process group of its own. Otherwise Ctrl-C would reach it, and the
 * Postgres below it, once from the terminal and again through npm and through us; a database
 * that stops before the program that uses it makes a clean stop look like a crash.
 */
const child = spawn(
  process.execPath,
  ['--import', inRoot('tools', 'stop-with-parent.mjs'), entry, ...process.argv.slice(2)],
  { cwd: root, env: childEnv(), detached: true, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
);

let lastSignalAt = 0;
function pass(signal) {
  const now = Date.now();
  if (now - lastSignalAt < sameKeyPressMs) return;
  lastSignalAt = now;
  child.kill(signal);
  setTimeout(() => killGroup('SIGKILL'), patienceMs).unref();
}

function killGroup(signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what we wanted.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));

setInterval(() => isOrphan() && pass('SIGTERM'), 1_000).unref();

child.on('error', (error) => stop(`The playground did not start: ${error.message}`));
child.on('exit', (code, signal) => {
  killGroup('SIGTERM');
  process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
});
