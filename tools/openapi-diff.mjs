/**
 * `npm run diff:openapi`: fails when the REST interface breaks programs that were written for the
 * released one (sdk/openapi.released.json) and sdk/openapi.changes.json does not say why.
 * `-- --release` makes today's document the released one; a version that is published does it.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { breakingChanges, judge } from './openapi/differences.mjs';
import { inRoot, say, stop } from './workspace.mjs';

const files = {
  released: inRoot('sdk', 'openapi.released.json'),
  current: inRoot('sdk', 'openapi.json'),
  declared: inRoot('sdk', 'openapi.changes.json'),
};
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

if (process.argv.includes('--release')) {
  copyFileSync(files.current, files.released);
  writeFileSync(files.declared, '[]\n');
  say('sdk/openapi.json is the released document now; no change is declared.');
} else {
  const changes = breakingChanges(read(files.released), read(files.current));
  const { undeclared, stale } = judge(changes, read(files.declared));
  undeclared.forEach((change) => say(`breaks clients: ${change}`));
  stale.forEach((change) => say(`declared, but not so: ${change}`));
  if (undeclared.length + stale.length > 0) {
    stop(
      'Keep what clients rely on. Where it cannot be kept, declare the change, word for word, with its\n' +
        'reason in sdk/openapi.changes.json: [{ "change": "…", "reason": "…" }].',
    );
  }
  say(`${changes.length} breaking changes since the release, each declared.`);
}
