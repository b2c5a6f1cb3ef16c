/**
 * `node tools/own-time.mjs profile.cpuprofile 60 90`: what a process did with its processor from its
 * 60th to its 90th second (in all its life, without them), summed by package and by function. Own
 * time only: a function that calls others has none of theirs.
 */
import { readFileSync } from 'node:fs';
import { say, stop } from './workspace.mjs';

const [file, from = 0, to = Infinity] = process.argv.slice(2);
if (file === undefined) stop('Give a profile: node tools/own-time.mjs x.cpuprofile', 2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));

const own = new Map(nodes.map(({ id }) => [id, 0]));
let at = 0;
samples.forEach((id, n) => {
  at += timeDeltas[n];
  if (at >= from * 1e6 && at < to * 1e6) own.set(id, own.get(id) + timeDeltas[n]);
});
const frames = nodes.map(({ id, callFrame }) => ({ ...callFrame, ms: own.get(id) / 1_000 }));
const busy = frames.filter(({ functionName }) => functionName !== '(idle)');
const total = busy.reduce((sum, { ms }) => sum + ms, 0);

say(`${(total / 1_000).toFixed(1)} s busy\n`);
table('package', ({ url, functionName }) => packageOf(url, functionName), 25);
table('function', (frame) => `${frame.functionName || '(anonymous)'} ${place(frame)}`, 45);

function table(title, keyOf, most) {
  const sums = new Map();
  for (const frame of busy) {
    const key = keyOf(frame);
    sums.set(key, (sums.get(key) ?? 0) + frame.ms);
  }
  say(`by ${title}`);
  for (const [key, ms] of [...sums].sort(([, a], [, b]) => b - a).slice(0, most)) {
    say(`  ${((100 * ms) / total).toFixed(1).padStart(5)} %  ${key}`);
  }
  say('');
}

function packageOf(url, functionName) {
  if (url === '') return functionName;
  if (url.startsWith('node:')) return 'node';
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
  if (dependency) return dependency[1];
  return /\/((?:libs|apps|migrations)\/.*?)\/dist\//.exec(url)?.[1] ?? url;
}

function place({ url, lineNumber }) {
  if (url === '') return '';
  return `${url.replace(/.*\/(node_modules|libs|apps)\//, '')}:${lineNumber + 1}`;
}
