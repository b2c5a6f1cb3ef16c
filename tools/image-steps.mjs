/**
 * Runs the Dockerfile's steps in plain folders, for machines without a container engine: it
 * proves that what .dockerignore leaves is enough to install, compile, prune and start.
 * The base image, users and file systems of a container are not imitated.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from './run.mjs';
import { inRoot, requireNode, root, say, seconds, stop } from './workspace.mjs';

requireNode();
const started = Date.now();
const scratch = mkdtempSync(join(tmpdir(), 'spillway-image-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

let stage = { folder: '', workdir: '', env: {} };
let command = [];
let stages = 0;

const perform = {
  FROM(rest) {
    const name = /\bAS\s+(\S+)/i.exec(rest)?.[1] ?? `stage-${stages}`;
    stages += 1;
    stage = { folder: join(scratch, name), workdir: join(scratch, name), env: {} };
  },
  WORKDIR(path) {
    stage.workdir = join(stage.folder, path);
    mkdirSync(stage.workdir, { recursive: true });
  },
  ENV(rest) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(rest);
    stage.env[name] = value;
  },
  COPY(rest) {
    const from = /^--from=(\S+)\s+/.exec(rest);
    const [source, target] = rest.replace(/^--from=\S+\s+/, '').split(/\s+/);
    copy(from === null ? undefined : join(scratch, from[1], source), source, target);
  },
  async RUN(rest) {
    const { code } = await run('sh', ['-ec', rest], {
      cwd: stage.workdir,
      env: stage.env,
    });
    if (code !== 0) stop(`RUN failed with exit code ${code}: ${rest}`, code);
  },
  CMD(rest) {
    command = JSON.parse(rest);
  },
  USER() {},
  EXPOSE() {},
  HEALTHCHECK() {},
};

for (const step of steps()) {
  const [, verb, rest] = /^(\S+)\s+(.*)$/s.exec(step);
  if (!(verb in perform)) stop(`Dockerfile: this check does not know ${verb}; teach it: ${step}`);
  say(`${verb} ${rest}`);
  await perform[verb](rest);
}
await startsAndRefusesNoSettings();
say(`The image's steps work (${seconds(started)}).`);

function steps() {
  const joined = readFileSync(inRoot('Dockerfile'), 'utf8').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function copy(fromStage, source, target) {
  const options = { recursive: true, verbatimSymlinks: true };
  const file =
    target.endsWith('/') && source !== '.' ? join(target, source.split('/').pop()) : target;
  const to = join(stage.workdir, file);
  if (fromStage !== undefined) return cpSync(fromStage, to, options);
  const isSent = ignoreFilter();
  cpSync(join(root, source), to, {
    ...options,
    filter: (path) => path === root || isSent(relative(root, path)),
  });
}

/** .dockerignore: the last pattern that matches decides; "!" brings a file back. */
function ignoreFilter() {
  const lines = readFileSync(inRoot('.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const patterns = lines.map((line) => ({
    sent: line.startsWith('!'),
    matches: new RegExp(`^${asExpression(line.replace('!', ''))}$`),
  }));
  return (path) => patterns.findLast(({ matches }) => matches.test(path))?.sent ?? true;
}

/** "**" + "/" is any depth, "*" anything inside one name. */
function asExpression(pattern) {
  return pattern
    .split('**/')
    .map((part) => part.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*'))
    .join('(?:.+/)?');
}

/** Without settings it must stop and name what is missing; a package pruned away would show first. */
async function startsAndRefusesNoSettings() {
  const [program, ...args] = command;
  if (!existsSync(join(stage.workdir, args[0])))
    stop(`CMD names ${args[0]}, which is not in the image.`);
  const env = { ...stage.env, DATABASE_URL: '' };
  const { code, output } = await run(program, args, { cwd: stage.workdir, env, quiet: true });
  if (code !== 0 && output.includes('DATABASE_URL') && !output.includes('ERR_MODULE')) return;
  stop(
    `Started without settings it must name DATABASE_URL and stop. It ended with ${code}:\n${output}`,
  );
}
