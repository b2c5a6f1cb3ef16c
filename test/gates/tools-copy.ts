import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './workspace.js';

export interface ToolsCopy {
  run(tool: string, ...args: string[]): Promise<{ code: number; output: string }>;
  remove(): void;
}

/** The real tools/ in a folder whose other files the test chooses; nothing needs to be installed. */
export function toolsAround(files: Readonly<Record<string, string>>): ToolsCopy {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-tools-'));
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  const installed = {
    'package-lock.json': '{"packages":{}}',
    'node_modules/.package-lock.json': '{"packages":{}}',
    'node_modules/typescript/bin/tsc': '',
  };
  for (const [path, text] of Object.entries({ ...installed, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    run: (tool, ...args) =>
      new Promise((resolve) => {
        const env = { ...process.env, NODE_OPTIONS: '' };
        const file = join(folder, 'tools', tool);
        execFile(process.execPath, [file, ...args], { cwd: folder, env }, (error, out, err) =>
          resolve({ code: error === null ? 0 : Number(error.code), output: out + err }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
