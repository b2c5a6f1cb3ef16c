import type { Canary } from './boundary-canaries.js';

/** The core, because there every rule of .oxlintrc.json applies. */
const folder = 'libs/application/src/planted';

const breaks = (rule: string, text: string, name = rule.replace(/.*\(|\)/g, '')): Canary => ({
  rule,
  file: `${folder}/${name}.ts`,
  text: `${text}\n`,
});

const branches = Array.from({ length: 11 }, (_, i) => `  if (n === ${i}) return ${i};`).join('\n');
const lines = Array.from({ length: 60 }, (_, i) => `  seen.push(${i});`).join('\n');

export const lintCanaries: readonly Canary[] = [
  breaks('typescript(no-explicit-any)', 'export const planted = (x: any): unknown => x;'),
  breaks(
    'typescript(no-floating-promises)',
    'export function planted(work: () => Promise<void>): void {\n  work();\n}',
  ),
  breaks(
    'typescript(no-misused-promises)',
    'export const planted = (work: () => Promise<boolean>): number => (work() ? 1 : 2);',
  ),
  breaks(
    'typescript(switch-exhaustiveness-check)',
    "export function planted(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n      return;\n  }\n}",
  ),
  breaks(
    'typescript(consistent-type-imports)',
    "import { Planted } from './type.js';\nexport const planted = (x: Planted): unknown => x;",
  ),
  breaks('typescript(ban-ts-comment)', '// @ts-ignore\nexport const planted: number = 1;'),
  breaks('import(no-cycle)', "export { hen } from './hen.js';\nexport const egg = 1;"),
  breaks('import(no-default-export)', 'export default 1;'),
  breaks(
    'eslint(complexity)',
    `export function planted(n: number): number {\n${branches}\n  return n;\n}`,
  ),
  breaks(
    'eslint(max-lines-per-function)',
    `export function planted(seen: number[]): void {\n${lines}\n}`,
  ),
  breaks('eslint(no-console)', "export const planted = (): void => console.log('x');"),
  breaks('eslint(eqeqeq)', 'export const planted = (a: number, b: number): boolean => a == b;'),
  breaks('spillway(no-ambient-time)', 'export const planted = Date.now();', 'date-now'),
  breaks('spillway(no-ambient-time)', 'export const planted = new Date();', 'new-date'),
  breaks('spillway(no-ambient-time)', 'export const planted = Date();', 'date-call'),
  breaks('spillway(no-ambient-time)', 'export const planted = Math.random();', 'random'),
];

export const lintProps = {
  [`${folder}/type.ts`]: 'export interface Planted {\n  readonly x: number;\n}\n',
  [`${folder}/hen.ts`]: "export { egg } from './no-cycle.js';\nexport const hen = 1;\n",
  [`${folder}/allowed.ts`]: 'export const planted = (ms: number): Date => new Date(ms);\n',
};
