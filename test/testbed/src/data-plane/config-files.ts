import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from './clusters.js';

/** The files that a proxy is configured by. Each has a version, which the proxy shows once it has taken it. */
export class ConfigFiles {
  private readonly written = new Map<string, { readonly text: string; readonly version: string }>();
  private count = 0;

  constructor(private readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, `${name}.json`);
  }

  /** What a file was last written with. */
  version(name: string): string | undefined {
    return this.written.get(name)?.version;
  }

  /** At once or not at all, and only when it says something new. */
  async write(name: string, resources: readonly Json[]): Promise<void> {
    const text = JSON.stringify(resources);
    if (this.written.get(name)?.text === text) return;
    this.count += 1;
    const version = `${this.count}`;
    const path = this.path(name);
    await writeFile(`${path}.new`, `{"version_info":"${version}","resources":${text}}`);
    await rename(`${path}.new`, path);
    this.written.set(name, { text, version });
  }
}
