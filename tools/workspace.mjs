/**
 * What every tool here needs to know about the workspace. Built-ins only and old syntax only:
 * these files run before `npm ci`, and on a Node that is too old they must still get as far as
 * the message that says so.
 */
import { existsSync, accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => join(root, ...parts);

export const say = (text) => process.stdout.write(`${text}\n`);

export function stop(message, code = 1) {
  process.stderr.write(`\n${message}\n`);
  process.exit(code);
}

const oldest = [20, 19];

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  stop(
    `Spillway needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one (https://nodejs.org, or "nvm install 24") and run the same command again.',
  );
}

/**
 * The environment for every child.
 *
 * - umask 022: Postgres started by root runs as another user, who must be able to read what we write.
 * - Without a usable home directory npm and Nx would fail on their caches, so these go into .cache.
 */
export function childEnv(extra = {}) {
  process.umask(0o022);
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
  Object.assign(env, { NX_ISOLATE_PLUGINS: 'false', SCARF_ANALYTICS: 'false' });
  if (!hasUsableHome()) {
    Object.assign(env, {
      HOME: inRoot('.cache', 'home'),
      npm_config_cache: inRoot('.cache', 'npm'),
    });
  }
  return { ...env, ...extra };
}

function hasUsableHome() {
  const home = homedir();
  if (home === '' || !existsSync(home)) return false;
  try {
    accessSync(home, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
