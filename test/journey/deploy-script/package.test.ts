import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { publint } from 'publint';
import { compileForBrowsers, compileForNode } from './compile.js';
import { EmptyFolder } from './empty-folder.js';
import { installSdk, packSdk } from './packed-sdk.js';

/** Minified and compressed, with the one dependency; what a page would load. */
const budgetBytes = 12_288;

/** What browsers, Deno, Bun and Node all have. */
const web = {
  Headers,
  ReadableStream,
  Request,
  Response,
  URL,
  URLSearchParams,
  atob,
  btoa,
  crypto,
};
const timing = { AbortController, AbortSignal, clearTimeout, queueMicrotask, setTimeout };
const shared = { ...web, ...timing, TextDecoder, TextEncoder };

const folder = new EmptyFolder();
let packed: Awaited<ReturnType<typeof packSdk>>;
let project: string;
beforeAll(async () => {
  packed = await packSdk(folder);
  project = await installSdk(folder, packed.tarball);
}, 60_000);
afterAll(() => folder.remove());

/** For a page, as one script that gives its exports to a global. */
async function bundleForBrowsers() {
  const { outputFiles, errors, warnings, metafile } = await build({
    stdin: { contents: "export * from '@spillway/sdk';", resolveDir: project },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'spillwaySdk',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return { script: outputFiles[0]?.text ?? '', problems: [...errors, ...warnings], metafile };
}

describe('the package', () => {
  it('gives every kind of import the types that fit it', async () => {
    const data = createPackageFromTarballData(new Uint8Array(readFileSync(packed.tarball)));
    const result = await checkPackage(data);
    expect(result).toMatchObject({ packageName: '@spillway/sdk', problems: [] });
  }, 60_000);

  it('has a package.json that publishes what it says', async () => {
    expect((await publint({ pkgDir: packed.folder, strict: true })).messages).toEqual([]);
  }, 60_000);

  it('depends on the fetch client and nothing else, and brings no sources', async () => {
    const manifest = JSON.parse(readFileSync(join(packed.folder, 'package.json'), 'utf8')) as {
      dependencies: object;
    };
    expect(Object.keys(manifest.dependencies)).toEqual(['openapi-fetch']);
    const list = (await folder.must('tar', ['-tzf', packed.tarball])).split('\n');
    expect(list).toContain('package/README.md');
    expect(list.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });

  it('is bundled for browsers without a word, from no built-in of Node, within its budget', async () => {
    const { script, problems, metafile } = await bundleForBrowsers();
    expect(problems).toEqual([]);
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    expect(imports.filter(({ external }) => external === true)).toEqual([]);
    const bytes = gzipSync(script, { level: 9 }).length;
    process.stdout.write(
      `@spillway/sdk, minified and compressed: ${bytes} of ${budgetBytes} bytes\n`,
    );
    expect(bytes).toBeLessThanOrEqual(budgetBytes);
  });

  it('runs where there are only the globals that browsers, Deno and Bun share', async () => {
    const { script } = await bundleForBrowsers();
    const asked: Request[] = [];
    const fetch = (request: Request) => {
      asked.push(request);
      return Promise.resolve(Response.json({ items: [{ name: 'eu-west' }] }));
    };
    const page = createContext({ ...shared, fetch, token: 'token-of-a-page' });
    const name = runInContext(
      `${script}
      (async () => {
        const { Spillway, signWebhook, verifyWebhook } = spillwaySdk;
        const spillway = new Spillway({ baseUrl: 'https://spillway.example', token });
        const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
        const headers = await signWebhook({ id: 'msg_1', body: '{}' }, secret);
        await verifyWebhook({ headers, body: '{}' }, { secrets: secret });
        for await (const { name } of spillway.clusters.list()) return name;
      })()`,
      page,
    ) as Promise<string>;
    expect(await name).toBe('eu-west');
    expect(asked[0]?.url).toBe('https://spillway.example/api/v1/clusters');
  });

  it('has types that need neither Node’s nor those of browsers to be set up', () => {
    const typed = `
      import { hasCode, Spillway, type Release } from '@spillway/sdk';
      const spillway = new Spillway({ baseUrl: 'https://spillway.example', token: 't' });
      export async function phases(): Promise<Release['phase'][]> {
        const { items } = await spillway.releases.list({ phase: 'held' });
        // @ts-expect-error There is no such phase.
        await spillway.releases.list({ phase: 'stuck' });
        return items.map(({ phase }) => phase);
      }
      export const isBusy = (error: unknown): boolean => hasCode(error, 'SERVICE_BUSY');
    `;
    const required = `
      import sdk = require('@spillway/sdk');
      export const spillway = new sdk.Spillway({ baseUrl: '', token: '' });
    `;
    folder.write({ 'project/typed.ts': typed });
    expect(compileForBrowsers(project)).toEqual([]);
    folder.write({ 'project/required.cts': required });
    expect(compileForNode(project)).toEqual([]);
  }, 60_000);
});
