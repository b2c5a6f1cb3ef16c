import { writeFileSync, mkdirSync } from 'node:fs';
const P = {
  'libs/kernel': ['@spillway/kernel', [], 'pure'],
  'libs/domain/topology': ['@spillway/domain-topology', ['kernel'], 'pure'],
  'libs/domain/analysis': ['@spillway/domain-analysis', ['kernel'], 'pure'],
  'libs/domain/istio': ['@spillway/domain-istio', ['kernel'], 'pure'],
  'libs/domain/release': [
    '@spillway/domain-release',
    ['kernel', 'domain-topology', 'domain-analysis'],
    'pure',
  ],
  'libs/application': [
    '@spillway/application',
    ['kernel', 'domain-release', 'domain-topology', 'domain-analysis', 'domain-istio'],
    'node',
  ],
  migrations: ['@spillway/migrations', [], 'node'],
  'libs/adapter/persistence': [
    '@spillway/adapter-persistence',
    ['kernel', 'domain-release', 'domain-topology', 'domain-analysis', 'application', 'migrations'],
    'node',
  ],
  'libs/adapter/queue': ['@spillway/adapter-queue', ['kernel', 'application'], 'node'],
  'libs/adapter/cluster': [
    '@spillway/adapter-cluster',
    ['kernel', 'domain-istio', 'application'],
    'node',
  ],
  'libs/adapter/metrics': [
    '@spillway/adapter-metrics',
    ['kernel', 'domain-analysis', 'application'],
    'node',
  ],
  'libs/interface/contract': [
    '@spillway/interface-contract',
    ['kernel', 'domain-release', 'domain-topology', 'domain-analysis', 'application'],
    'node',
  ],
  'libs/interface/problem': ['@spillway/interface-problem', ['kernel', 'application'], 'node'],
  'libs/interface/rest': [
    '@spillway/interface-rest',
    ['kernel', 'domain-release', 'application', 'interface-contract', 'interface-problem'],
    'node',
  ],
  'libs/interface/graphql': [
    '@spillway/interface-graphql',
    ['kernel', 'domain-release', 'application', 'interface-contract', 'interface-problem'],
    'node',
  ],
  'libs/testing': [
    '@spillway/testing',
    [
      'kernel',
      'domain-release',
      'domain-topology',
      'domain-analysis',
      'domain-istio',
      'application',
      'adapter-cluster',
      'adapter-persistence',
      'adapter-queue',
    ],
    'node',
  ],
  sdk: ['@spillway/sdk', [], 'node'],
  'apps/control-plane': [
    '@spillway/control-plane',
    [
      'kernel',
      'domain-release',
      'domain-topology',
      'domain-analysis',
      'domain-istio',
      'application',
      'adapter-persistence',
      'adapter-queue',
      'adapter-cluster',
      'adapter-metrics',
      'interface-contract',
      'interface-problem',
      'interface-rest',
      'interface-graphql',
    ],
    'node',
  ],
  'apps/cli': ['@spillway/cli', ['sdk'], 'node'],
};
const dirOf = Object.fromEntries(Object.entries(P).map(([d, [n]]) => [n, d]));
const up = (d) =>
  d
    .split('/')
    .map(() => '..')
    .join('/');
for (const [dir, [name, deps, kind]] of Object.entries(P)) {
  mkdirSync(dir + '/src', { recursive: true });
  const pj = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: {
      '.': {
        '@spillway/source': './src/index.ts',
        types: './dist/index.d.ts',
        default: './dist/index.js',
      },
    },
    ...(deps.length
      ? { dependencies: Object.fromEntries(deps.map((d) => ['@spillway/' + d, '0.1.0'])) }
      : {}),
  };
  writeFileSync(dir + '/package.json', JSON.stringify(pj, null, 2) + '\n');
  const ts = {
    extends: up(dir) + (kind === 'pure' ? '/tsconfig.pure.json' : '/tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist' },
    include: ['src'],
    exclude: ['src/**/*.test.ts', 'dist'],
    references: deps.map((d) => ({ path: up(dir) + '/' + dirOf['@spillway/' + d] })),
  };
  writeFileSync(dir + '/tsconfig.json', JSON.stringify(ts, null, 2) + '\n');
}
writeFileSync(
  'tsconfig.json',
  JSON.stringify({ files: [], references: Object.keys(P).map((path) => ({ path })) }, null, 2) +
    '\n',
);
