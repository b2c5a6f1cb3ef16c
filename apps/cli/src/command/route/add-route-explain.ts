import { re2 } from '@spillway/adapter-regex';
import { explain, explainTcp, type Explanation, type Mesh } from '@spillway/domain-route';
import { Option, type Command } from 'commander';
import { readSoundMesh } from '../../mesh-file/read-mesh-files.js';
import type { Desk, Runner } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';
import { files, namespace } from '../offline-options.js';
import { explanationText } from './explanation-text.js';
import { readRequests } from './read-requests.js';
import { toAnswer } from './route-explanation.js';
import type { RouteRequest } from './route-request.js';

interface ExplainCommand {
  readonly file: readonly string[];
  readonly request: string;
  readonly namespace: string;
  readonly rootNamespace: string;
  readonly domain: string;
  readonly outboundPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

const notes = `
Needs no server and no cluster: it compiles the files as istiod does and decides as Envoy does.
Give it everything that bears on the request: VirtualServices, DestinationRules, Gateways,
ServiceEntries, Sidecars and Services. A request is JSON, @file or "-"; a list of requests gets a
list of answers. Its "from" is {"namespace", "labels"} of a pod, or {"gateway": "namespace/name"}.
With "kind": "tcp" it is a connection: {"kind": "tcp", "port", "sni", "host", "from"}.
`;

const shown = 'spillway route explain -f shop.yaml --request @request.json';

export function addRouteExplain(route: Command, runner: Runner): void {
  route
    .command('explain')
    .description('Who gets which version: the route that takes a request, and where it goes')
    .addOption(files('YAML or JSON, or a folder of it').makeOptionMandatory())
    .requiredOption('--request <json>', 'JSON, @file, or "-" for standard input')
    .addOption(namespace())
    .option('--root-namespace <name>', 'of the mesh’s own configuration', 'istio-system')
    .option('--domain <name>', 'the cluster’s DNS domain', 'cluster.local')
    .addOption(
      new Option('--outbound-policy <mode>', 'of the mesh, where no Sidecar says otherwise')
        .choices(['ALLOW_ANY', 'REGISTRY_ONLY'])
        .default('ALLOW_ANY'),
    )
    .addHelpText('after', notes)
    .addHelpText('after', examples(shown, `${shown} -o json`))
    .action(runner.runOffline(explainRoutes));
}

async function explainRoutes(desk: Desk, command: ExplainCommand): Promise<void> {
  const { file, request, rootNamespace, domain, outboundPolicy } = command;
  if (request === '-' && file.includes('-')) {
    throw new UsageError(
      'Standard input cannot be both the files and the request.',
      'Write one of them into a file.',
    );
  }
  const { requests, isList } = await readRequests(desk.io, request);
  const written = await readSoundMesh(desk.io, file, command.namespace);
  const objects = written.map(({ object }) => object);
  const mesh: Mesh = {
    objects,
    regex: re2,
    rootNamespace,
    domain,
    outboundTrafficPolicy: outboundPolicy,
  };
  const answers = requests.map((one) => toAnswer(answer(mesh, one)));
  desk.print(isList ? answers : answers[0], () =>
    requests.map((one) => explanationText(one, answer(mesh, one))).join('\n'),
  );
}

const answer = (mesh: Mesh, request: RouteRequest): Explanation =>
  request.kind === 'tcp' ? explainTcp(mesh, request) : explain(mesh, request);
