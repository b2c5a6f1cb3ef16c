import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page, root } from '../../docs/pages.js';
import { EmptyFolder } from '../deploy-script/empty-folder.js';
import { installSdk, packSdk } from '../deploy-script/packed-sdk.js';

/** What `npm install` of the guide brings; copied, so that nothing is fetched. */
const clients = ['graphql-sse', 'graphql-ws'];

/** The first line of a block says which file it is. */
const block = /^```(?:js|html)\n((?:\/\/|<!--) (\S+)[\s\S]*?)^```$/gm;

const filesOf = (document: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...document.matchAll(block)].map(([, text = '', name = '']) => [name, text]));

/** The folder that the guide of the portal page makes, from the guide and the page of queries alone. */
export function portalSite(): EmptyFolder {
  const folder = new EmptyFolder();
  folder.write(filesOf(page('docs/guides/portal-page.md').text));
  for (const { language, text } of page('docs/guides/portal-queries.md').blocks) {
    const name = /^\w+ (\w+)/.exec(text)?.[1];
    if (language === 'graphql') folder.write({ [`queries/${name}.graphql`]: text });
  }
  for (const name of clients) {
    const path = ['node_modules', name];
    cpSync(join(root, ...path), folder.at(...path), { recursive: true });
  }
  return folder;
}

/** The page of the SDK's README beside the package as it is published; resolves to its folder. */
export async function sdkSite(folder: EmptyFolder): Promise<string> {
  const { tarball, folder: assembled } = await packSdk(folder);
  const project = await installSdk(folder, tarball);
  const files = filesOf(readFileSync(join(assembled, 'README.md'), 'utf8'));
  folder.write({ 'project/watch.html': files['watch.html'] ?? '' });
  return project;
}
