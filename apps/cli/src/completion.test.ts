import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { offline } from './testing/offline-shell.js';

const folder = mkdtempSync(join(tmpdir(), 'spillway-completion-'));
const scripts: Record<string, string> = {};
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await offline(`completion ${shell}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    scripts[shell] = stdout;
  }
  writeFileSync(join(folder, 'completion.bash'), scripts['bash'] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers when Tab is pressed at the end of the line. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const script = `
    source completion.bash
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}
    _spillway
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

describe('completion in bash', () => {
  it('offers the commands, and those that begin as the word does', () => {
    expect(offered('spillway ')).toEqual(expect.arrayContaining(['release', 'doctor', '--output']));
    expect(offered('spillway rel')).toEqual(['release']);
    expect(offered('spillway release wa')).toEqual(['watch', 'wait']);
  });

  it('offers the options of a command and of all, wherever others stand', () => {
    expect(offered('spillway release create --')).toEqual(
      expect.arrayContaining(['--candidate', '--strategy', '--wait', '--url']),
    );
    expect(offered('spillway -o json release create shop/catalog --cand')).toEqual(['--candidate']);
    expect(offered('spillway cluster list --')).not.toContain('--candidate');
  });

  it('offers the values of an option', () => {
    expect(offered('spillway release list -o ')).toEqual(['table', 'text', 'json', 'yaml']);
    expect(offered('spillway release list --output j')).toEqual(['json']);
    expect(offered('spillway release list --phase roll')).toEqual(['rollingBack', 'rolledBack']);
  });

  it('leaves to bash what nobody knows, such as a file', () => {
    expect(offered('spillway apply -f ')).toEqual([]);
  });
});

describe('completion in other shells', () => {
  it('knows the same commands, options and values, with what they are for', () => {
    expect(scripts['zsh']).toContain("'explain:Why a release is where it is");
    expect(scripts['zsh']).toContain("compadd -- 'table' 'text' 'json' 'yaml'");
    expect(scripts['fish']).toMatch(/__spillway_at \\' release\\'' -f -a 'explain' -d 'Why a/);
    expect(scripts['fish']).toContain("-s o -l output -r -f -a 'table text json yaml'");
  });

  it('is one of three', async () => {
    const { code, stderr } = await offline('completion powershell');
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
  });
});
