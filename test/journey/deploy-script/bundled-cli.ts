import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { root, type EmptyFolder } from './empty-folder.js';

/** Puts `spillway` on the PATH of the folder: the one file that runners of CI systems have. */
export async function bundleCli(folder: EmptyFolder): Promise<void> {
  const bundle = join(root, 'apps', 'cli', 'packaging', 'bundle.mjs');
  folder.write({ 'bin/.keep': '' });
  await folder.must(process.execPath, [bundle, folder.at('bin', 'spillway')]);
  // Without an ending, as people type it, Node looks into a package.json for the kind of the module.
  folder.write({
    'bin/spillway': `#!/bin/sh\nexec "${process.execPath}" "${folder.at('lib', 'spillway.mjs')}" "$@"\n`,
    'lib/.keep': '',
  });
  renameSync(folder.at('bin', 'spillway.mjs'), folder.at('lib', 'spillway.mjs'));
}
