import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { webAddress } from '../schema/web-address.js';
import { proxiesDocument } from './proxies-document.js';
import { count, durationText, labels, nameText, positiveDurationText } from '../schema/scalars.js';

const kubeconfigConnection = document({
  kubeconfig: z
    .string()
    .min(1)
    .max(262_144)
    .describe('The text of a kubeconfig file. Stored encrypted, never given out again.'),
  context: z.string().min(1).optional().describe('Which context; default: its current one.'),
});

const inClusterConnection = document({
  inCluster: z.literal(true).describe('The cluster that Spillway itself runs in.'),
});

const simulatedConnection = document({
  simulated: document({
    seed: count.describe('The same seed behaves the same way.'),
  }).describe('A made-up cluster with traffic, for trying things out.'),
});

export const prometheusDocument = document({
  url: webAddress('; write credentials in bearerToken or basic').describe(
    'Base address of the Prometheus API.',
  ),
  bearerToken: z.string().min(1).optional().describe('Sent as bearer token. Stored encrypted.'),
  basic: document({
    username: z.string().min(1).describe('User of HTTP basic authentication.'),
    password: z.string().describe('Its password. Stored encrypted.'),
  })
    .optional()
    .describe('HTTP basic authentication; instead of bearerToken.'),
  caCertificate: z
    .string()
    .min(1)
    .optional()
    .describe(
      'PEM of the authority that signed the server certificate, where it is a private one.',
    ),
  timeout: positiveDurationText.default('10s').describe('How long a query may take.'),
  reporter: z
    .enum(['source', 'destination', 'waypoint'])
    .default('destination')
    .describe('Which proxy’s figures to read; exactly one, or requests count twice.'),
  scrapeInterval: positiveDurationText
    .default('15s')
    .describe(
      'Time between two scrapes of a proxy; the first window begins so long after a write.',
    ),
  lag: durationText
    .default('1s')
    .describe('How long after a window’s end the last scrape in it may still arrive.'),
})
  .refine(({ bearerToken, basic }) => bearerToken === undefined || basic === undefined, {
    error: 'give bearerToken or basic, not both',
    path: ['basic'],
  })
  .describe('Istio’s standard metrics in a Prometheus.');

export const clusterDocument = document({
  name: nameText.describe('Unique name.'),
  labels: labels.default({}).describe('What waves select by, such as region or env.'),
  connection: oneOf(
    ['kubeconfig', 'inCluster', 'simulated'],
    [kubeconfigConnection, inClusterConnection, simulatedConnection],
  ).describe('How its API server is reached.'),
  metrics: oneOf(
    ['prometheus', 'simulated', 'none'],
    [
      document({ prometheus: prometheusDocument }),
      document({ simulated: z.literal(true).describe('A simulated cluster measures itself.') }),
      document({ none: z.literal(true).describe('No metrics: analysis finds no data here.') }),
    ],
  ).describe('Where its metrics come from.'),
  proxies: proxiesDocument.optional(),
}).meta({
  description: 'A Kubernetes cluster whose API server holds Istio configuration.',
  examples: [
    {
      name: 'eu-west',
      labels: { region: 'eu', env: 'prod' },
      connection: { inCluster: true },
      metrics: { prometheus: { url: 'http://prometheus.istio-system:9090' } },
    },
  ],
});

export type ClusterDocument = z.input<typeof clusterDocument>;
export type ParsedCluster = z.output<typeof clusterDocument>;
