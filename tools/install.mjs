import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from './run.mjs';
import { inRoot, requireNode, say, seconds, stop } from './workspace.mjs';

const stampFile = inRoot('node_modules', '.spillway-lock');

/** Native packages differ by platform, so a folder carried to another machine is not up to date. */
function wantedStamp() {
  const lock = readFileSync(inRoot('package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${process.platform}-${process.arch} ${hash}\n`;
}

const presentStamp = () => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined);

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** What has to be in node_modules here: the lock file also lists packages of other platforms. */
function wantedPackages() {
  const fits = (list, mine) => list === undefined || list.includes(mine);
  return Object.entries(packagesIn(inRoot('package-lock.json'))).filter(
    ([path, entry]) =>
      path.includes('node_modules/') &&
      entry.link !== true &&
      fits(entry.os, process.platform) &&
      fits(entry.cpu, process.arch),
  );
}

/** True after somebody ran `npm ci` or `npm install` by hand; npm leaves a list of what it put there. */
function isInstalledByHand(wanted) {
  const list = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const present = packagesIn(list);
  return wanted.every(
    ([path, entry]) => entry.optional === true || present[path]?.integrity === entry.integrity,
  );
}

/** Installs exactly what package-lock.json says, and only when node_modules is not that already. */
export async function installIfNeeded() {
  requireNode();
  const stamp = wantedStamp();
  if (presentStamp() === stamp) return;
  const packages = wantedPackages();
  if (isInstalledByHand(packages)) return writeFileSync(stampFile, stamp);
  const why = existsSync(inRoot('node_modules')) ? 'the lock file changed' : 'first time only';
  say(`Installing ${packages.length} packages (${why}, about 40 s)…`);
  const started = Date.now();
  const code = await npmCi(started);
  if (code !== 0) {
    stop(
      `"npm ci" failed with exit code ${code}; its own message is above.\n` +
        'If package.json was edited, run "npm install" once to bring package-lock.json up to date.',
      code,
    );
  }
  writeFileSync(stampFile, stamp);
  say(`Installed in ${seconds(started)}.`);
}

/** npm draws its own progress on a terminal; in a log file a line now and then has to do. */
async function npmCi(started) {
  const ticker = setInterval(() => {
    if (!process.stdout.isTTY) say(`  …still installing (${seconds(started)})`);
  }, 10_000);
  const [command, ...args] = npmCommand();
  try {
    return (await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--no-update-notifier']))
      .code;
  } finally {
    clearInterval(ticker);
  }
}

/** The npm that started us, so that no other one on the PATH is used by accident. */
function npmCommand() {
  const own = process.env.npm_execpath;
  return own?.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm'];
}
