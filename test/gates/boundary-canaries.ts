/** One file per rule of .dependency-cruiser.cjs that breaks this rule. */
export interface Canary {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const imports = (rule: string, folder: string, what: string): Canary => ({
  rule,
  file: `${folder}/src/planted-${rule}.ts`,
  text: `import * as planted from '${what}';\nexport const seen = planted;\n`,
});

const directions = [
  imports('direction-kernel', 'libs/kernel', '@spillway/domain-topology'),
  imports('direction-domain-topology', 'libs/domain/topology', '@spillway/domain-analysis'),
  imports('direction-domain-access', 'libs/domain/access', '@spillway/domain-release'),
  imports('direction-domain-freeze', 'libs/domain/freeze', '@spillway/domain-release'),
  imports('direction-domain-rule', 'libs/domain/rule', '@spillway/domain-release'),
  imports('direction-domain-notification', 'libs/domain/notification', '@spillway/domain-rule'),
  imports('direction-domain-analysis', 'libs/domain/analysis', '@spillway/domain-release'),
  imports('direction-domain-istio', 'libs/domain/istio', '@spillway/application'),
  imports('direction-domain-traffic', 'libs/domain/traffic', '@spillway/domain-istio'),
  imports('direction-domain-route', 'libs/domain/route', '@spillway/domain-lint'),
  imports('direction-domain-lint', 'libs/domain/lint', '@spillway/domain-route'),
  imports('direction-domain-egress', 'libs/domain/egress', '@spillway/domain-release'),
  imports('direction-domain-release', 'libs/domain/release', '@spillway/domain-istio'),
  imports('direction-application', 'libs/application', '@spillway/adapter-queue'),
  imports('direction-adapter-persistence', 'libs/adapter/persistence', '@spillway/adapter-queue'),
  imports('direction-adapter-queue', 'libs/adapter/queue', '@spillway/adapter-persistence'),
  imports('direction-adapter-cluster', 'libs/adapter/cluster', '@spillway/interface-problem'),
  imports('direction-adapter-metrics', 'libs/adapter/metrics', '@spillway/adapter-cluster'),
  imports('direction-adapter-regex', 'libs/adapter/regex', '@spillway/adapter-cluster'),
  imports('direction-adapter-proxy', 'libs/adapter/proxy', '@spillway/adapter-cluster'),
  imports('direction-adapter-identity', 'libs/adapter/identity', '@spillway/adapter-queue'),
  imports('direction-adapter-telemetry', 'libs/adapter/telemetry', '@spillway/adapter-queue'),
  imports('direction-adapter-notify', 'libs/adapter/notify', '@spillway/adapter-outgoing'),
  imports('direction-adapter-outgoing', 'libs/adapter/outgoing', '@spillway/adapter-notify'),
  imports('direction-interface-contract', 'libs/interface/contract', '@spillway/interface-problem'),
  imports('direction-interface-problem', 'libs/interface/problem', '@spillway/interface-rest'),
  imports('direction-interface-rest', 'libs/interface/rest', '@spillway/interface-graphql'),
  imports('direction-interface-graphql', 'libs/interface/graphql', '@spillway/adapter-persistence'),
  imports('direction-interface-webhook', 'libs/interface/webhook', '@spillway/interface-rest'),
  imports('direction-testing', 'libs/testing', '@spillway/interface-rest'),
  imports('direction-sdk', 'sdk', '@spillway/kernel'),
  imports('direction-migrations', 'migrations', '@spillway/kernel'),
  imports('direction-app-cli', 'apps/cli', '@spillway/application'),
  imports('direction-app-control-plane', 'apps/control-plane', '@spillway/cli'),
];

const homes = [
  imports('home-of-typeorm', 'libs/application', 'typeorm'),
  imports('home-of-graphile-worker', 'libs/adapter/persistence', 'graphile-worker'),
  imports('home-of-telemetry', 'libs/application', 'prom-client'),
  imports('home-of-nest', 'libs/application', '@nestjs/common'),
  imports('home-of-pg', 'libs/application', 'pg'),
  imports('home-of-stdlib', 'libs/application', '@stdlib/math-base-special-betainc'),
];

const others = [
  imports('pure-core-no-npm', 'libs/domain/release', 'zod'),
  imports('pure-core-no-builtin', 'libs/kernel', 'node:fs'),
  imports('test-doors-for-tests', 'libs/application', '@spillway/application/testing'),
  imports('nothing-imports-test', 'libs/application', '../../../test/gates/workspace.js'),
  imports('no-dev-dependency-at-run-time', 'libs/adapter/queue', 'fast-check'),
  imports('through-the-front-door', 'libs/application', '../../kernel/src/index.js'),
  imports('no-unknown-import', 'libs/adapter/queue', 'no-such-package'),
  {
    rule: 'no-dead-module',
    file: 'libs/kernel/src/planted-dead.ts',
    text: 'export const x = 1;\n',
  },
  {
    rule: 'tools-need-no-install',
    file: 'tools/planted.mjs',
    text: "import { z } from 'zod';\nexport const seen = z;\n",
  },
  {
    rule: 'no-cycle',
    file: 'libs/kernel/src/planted-egg.ts',
    text: "import { hen } from './planted-hen.js';\nexport const egg = (): unknown => hen;\n",
  },
];

export const boundaryCanaries: readonly Canary[] = [...directions, ...homes, ...others];

/** The other half of the cycle; the rule is looked for in the first half. */
export const boundaryProps = {
  'libs/kernel/src/planted-hen.ts':
    "import { egg } from './planted-egg.js';\nexport const hen = (): unknown => egg;\n",
};
