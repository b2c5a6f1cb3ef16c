import { join } from 'node:path';
import { root, type EmptyFolder } from './empty-folder.js';

/** What the tarball needs at its side; packed from here, so that nothing is fetched. */
const dependencies = ['openapi-fetch', 'openapi-typescript-helpers'];

/** The package as it is published: the folder that is packed, and the tarball. */
export async function packSdk(
  folder: EmptyFolder,
): Promise<{ readonly folder: string; readonly tarball: string }> {
  const assembled = folder.at('assembled');
  await folder.must(process.execPath, [join(root, 'sdk', 'packaging', 'assemble.mjs'), assembled]);
  return { folder: assembled, tarball: await pack(folder, assembled) };
}

async function pack(folder: EmptyFolder, from: string): Promise<string> {
  const quiet = ['--silent', '--ignore-scripts', '--pack-destination', folder.path];
  const name = await folder.must('npm', ['pack', from, ...quiet]);
  return folder.at(name.trim().split('\n').at(-1) ?? '');
}

/** Installs the tarball where there was nothing, as its README says; resolves to the new folder. */
export async function installSdk(folder: EmptyFolder, tarball: string): Promise<string> {
  const project = folder.at('project');
  const beside = await Promise.all(
    dependencies.map((name) => pack(folder, join(root, 'node_modules', name))),
  );
  folder.write({ 'project/package.json': '{ "type": "module" }\n' });
  const quiet = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  await folder.must('npm', ['install', tarball, ...beside, ...quiet], { cwd: project });
  return project;
}
