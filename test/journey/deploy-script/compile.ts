import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './empty-folder.js';

const strict: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: ts.ScriptTarget.ES2022,
  typeRoots: [join(root, 'node_modules', '@types')],
};

const forNode: ts.CompilerOptions = {
  ...strict,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
};

const forBrowsers: ts.CompilerOptions = {
  ...strict,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
  noEmit: true,
};

export const compileForNode = (folder: string): readonly string[] => compile(folder, forNode);
export const compileForBrowsers = (folder: string): readonly string[] =>
  compile(folder, forBrowsers);

/** Compiles what is in a folder; the programs are written beside their sources. Returns what is wrong. */
function compile(folder: string, options: ts.CompilerOptions): readonly string[] {
  const files = readdirSync(folder)
    .filter((name) => /\.c?ts$/.test(name))
    .map((name) => join(folder, name));
  const program = ts.createProgram(files, options);
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map((one) => {
    const where = one.file === undefined ? '' : one.file.fileName.slice(folder.length + 1);
    return `${where}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`;
  });
}
