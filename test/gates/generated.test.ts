import { afterEach, describe, expect, it } from '@jest/globals';
import { toolsAround, type ToolsCopy } from './tools-copy.js';

const open: ToolsCopy[] = [];
afterEach(() => open.splice(0).forEach((copy) => copy.remove()));

const scripts = {
  'generate:openapi': 'printf now > sdk/openapi.json',
  'generate:sdk': 'mkdir -p sdk/src/generated && printf now > sdk/src/generated/schema.ts',
  'generate:graphql': 'true',
};

function aWorkspace(files: Readonly<Record<string, string>>): ToolsCopy {
  const copy = toolsAround({
    'package.json': JSON.stringify({ type: 'module', scripts }),
    ...files,
  });
  open.push(copy);
  return copy;
}

describe('the gate on generated files', () => {
  it('passes when generating changes nothing', async () => {
    const copy = aWorkspace({ 'sdk/openapi.json': 'now', 'sdk/src/generated/schema.ts': 'now' });
    expect(await copy.run('generated.mjs', '--check')).toMatchObject({ code: 0 });
  });

  it('names the file that was out of date, and has mended it for the next run', async () => {
    const copy = aWorkspace({ 'sdk/openapi.json': 'then', 'sdk/src/generated/schema.ts': 'now' });
    const { code, output } = await copy.run('generated.mjs', '--check');
    expect(code).toBe(1);
    expect(output).toContain('changed: sdk/openapi.json');
    expect(await copy.run('generated.mjs', '--check')).toMatchObject({ code: 0 });
  });

  it('notices a file that was never generated', async () => {
    const copy = aWorkspace({ 'sdk/openapi.json': 'now' });
    const { output } = await copy.run('generated.mjs', '--check');
    expect(output).toContain('changed: sdk/src/generated/schema.ts');
  });
});
