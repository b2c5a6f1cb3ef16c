/**
 * Who may import whom. docs/architecture.md draws it; this file enforces it; test/gates proves
 * of every rule here that it bites.
 *
 * Packages are resolved to their sources through the export condition "@spillway/source", so the
 * rules see the file behind a package name and need no build.
 */

/** Tests, contract suites and the doors that packages open to tests. */
const forTests = String.raw`\.test\.ts$|-contract\.ts$|/src/testing/|^libs/testing/|^test/`;

/** A demonstration on one machine: it may start the database that the tests use. */
const playground = '^apps/control-plane/src/playground/';

/** Mathematics without I/O, from a library: docs/adr/0017-special-functions-from-stdlib.md. */
const specialFunctions = String.raw`^libs/domain/analysis/src/special-functions\.ts$`;

const anyPackage = '^(apps|libs|migrations|sdk|test)/';

/** Each row: these files may import from these folders of the workspace, and from no other. */
const directions = [
  ['kernel', 'libs/kernel', []],
  ['domain-topology', 'libs/domain/topology', ['libs/kernel']],
  ['domain-access', 'libs/domain/access', ['libs/kernel', 'libs/domain/topology']],
  ['domain-freeze', 'libs/domain/freeze', ['libs/kernel', 'libs/domain/topology']],
  ['domain-rule', 'libs/domain/rule', ['libs/kernel']],
  ['domain-analysis', 'libs/domain/analysis', ['libs/kernel']],
  ['domain-traffic', 'libs/domain/traffic', ['libs/kernel']],
  ['domain-istio', 'libs/domain/istio', ['libs/kernel', 'libs/domain/traffic']],
  ...['route', 'lint', 'egress'].map((name) => [
    `domain-${name}`,
    `libs/domain/${name}`,
    ['libs/kernel', 'libs/domain/istio', 'libs/domain/traffic'],
  ]),
  [
    'domain-release',
    'libs/domain/release',
    ['libs/kernel', 'libs/domain/topology', 'libs/domain/analysis', 'libs/domain/traffic'],
  ],
  [
    'domain-notification',
    'libs/domain/notification',
    ['libs/kernel', 'libs/domain/release', 'libs/domain/analysis', 'libs/domain/traffic'],
  ],
  ['application', 'libs/application', ['libs/kernel', 'libs/domain']],
  [
    'adapter-persistence',
    'libs/adapter/persistence',
    ['libs/kernel', 'libs/domain', 'libs/application', 'migrations'],
  ],
  ...[
    'queue',
    'cluster',
    'metrics',
    'proxy',
    'regex',
    'outgoing',
    'notify',
    'identity',
    'telemetry',
  ].map((name) => [
    `adapter-${name}`,
    `libs/adapter/${name}`,
    ['libs/kernel', 'libs/domain', 'libs/application'],
  ]),
  ...['contract', 'problem'].map((name) => [
    `interface-${name}`,
    `libs/interface/${name}`,
    ['libs/kernel', 'libs/domain', 'libs/application'],
  ]),
  ...['rest', 'graphql', 'webhook'].map((name) => [
    `interface-${name}`,
    `libs/interface/${name}`,
    [
      'libs/kernel',
      'libs/domain',
      'libs/application',
      'libs/interface/contract',
      'libs/interface/problem',
    ],
  ]),
  [
    'testing',
    'libs/testing',
    ['libs/kernel', 'libs/domain', 'libs/application', 'libs/adapter', 'migrations'],
  ],
  ['sdk', 'sdk', []],
  ['migrations', 'migrations', []],
  [
    'app-cli',
    'apps/cli',
    ['sdk', 'libs/kernel', 'libs/domain', 'libs/adapter/regex', 'libs/interface/contract'],
  ],
  ['app-control-plane', 'apps/control-plane', ['libs', 'migrations', 'sdk']],
];

const below = (folders) => folders.map((folder) => `^${folder}/`);

/** The REST server without an engine is what tests of its callers talk to; the rule on test doors keeps it to them. */
const forEveryTest = ['^libs/testing/', '^test/', '^libs/interface/rest/src/testing/'];

const directionRules = directions.map(([name, home, allowed]) => ({
  name: `direction-${name}`,
  comment: `${home} may import from ${allowed.join(', ') || 'nothing else in the workspace'}.`,
  severity: 'error',
  from: { path: `^${home}/` },
  to: { path: anyPackage, pathNot: [...below([home, ...allowed]), ...forEveryTest] },
}));

/** Each row: this library is known to these folders only, so that replacing it stays possible. */
const homes = [
  ['stdlib', '@stdlib/', ['libs/domain/analysis']],
  ['typeorm', 'typeorm/', ['libs/adapter/persistence', 'migrations', 'apps/control-plane']],
  ['graphile-worker', 'graphile-worker/', ['libs/adapter/queue']],
  ['telemetry', '(@opentelemetry|prom-client)/', ['libs/adapter/telemetry']],
  ['nest', '(@nestjs|@apollo|@as-integrations)/', ['libs/interface', 'apps/control-plane']],
  [
    'pg',
    '(@types/)?pg/',
    ['libs/adapter/persistence', 'libs/adapter/queue', 'migrations', 'apps/control-plane'],
  ],
];

const homeRules = homes.map(([name, library, allowed]) => ({
  name: `home-of-${name}`,
  comment: `Only ${allowed.join(', ')} and tests know this library.`,
  severity: 'error',
  from: { path: anyPackage, pathNot: [...below(allowed), forTests] },
  to: { path: `node_modules/${library}` },
}));

/** Modules that are started by path, and the front door of every package. */
const entries = [
  '^(apps|libs/(adapter|domain|interface))/[^/]+/src/index\\.ts$',
  '^(libs/[^/]+|sdk|migrations)/src/index\\.ts$',
  '/main\\.ts$',
];

module.exports = {
  forbidden: [
    ...directionRules,
    ...homeRules,
    {
      name: 'pure-core-no-npm',
      comment: 'Kernel and domain are plain TypeScript: no npm package, not even for a type.',
      severity: 'error',
      from: { path: '^libs/(kernel|domain)/', pathNot: [forTests, specialFunctions] },
      to: { path: 'node_modules/' },
    },
    {
      name: 'pure-core-no-builtin',
      comment: 'Kernel and domain do no I/O. Hand the value in as an argument.',
      severity: 'error',
      from: { path: '^libs/(kernel|domain)/', pathNot: forTests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'test-doors-for-tests',
      comment: 'A "testing" door and libs/testing are for tests and contract suites.',
      severity: 'error',
      from: {
        path: '^(apps|libs|migrations|sdk)/',
        pathNot: [forTests, playground, '^apps/[^/]+/packaging/'],
      },
      to: { path: ['/src/testing/', '^libs/testing/'] },
    },
    {
      name: 'nothing-imports-test',
      comment: 'test/ sits on top of everything.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      comment: 'The image is pruned of devDependencies; this import would fail there.',
      severity: 'error',
      from: {
        path: '^(apps|libs|migrations|sdk)/',
        pathNot: [forTests, playground, '^apps/[^/]+/packaging/'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'through-the-front-door',
      comment: 'Import another package by its name. A relative path works in tests only.',
      severity: 'error',
      from: {
        path: '^(apps/[^/]+|libs/(?:adapter|domain|interface)/[^/]+|libs/(?:kernel|application|testing)|sdk|migrations|test)/',
      },
      to: {
        path: '^(apps|libs|sdk|migrations)/',
        pathNot: '^$1/',
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'no-cycle',
      comment: 'Modules that import each other can only be understood, tested and moved together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-module',
      comment: 'Nothing that ships leads here. Delete it, or move it to src/testing.',
      severity: 'error',
      from: { path: entries },
      to: {
        path: '^(apps/[^/]+|libs/.+|sdk|migrations)/src/.+\\.ts$',
        pathNot: [...entries, forTests],
        reachable: false,
      },
    },
    {
      name: 'no-unknown-import',
      comment: 'It cannot be found, or package.json does not declare it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'tools-need-no-install',
      comment: 'tools/ runs before "npm ci", so it has Node and its own files only.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { pathNot: '^tools/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Ours only: most npm packages live in a "dist" too, and leaving those out blinds the rules.
    exclude: { path: '^(?!.*node_modules).+/dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@spillway/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
