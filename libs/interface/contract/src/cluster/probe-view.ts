import type { ProbeFinding } from '@spillway/application';
import { z } from 'zod';

const findingView = z
  .object({
    kind: z
      .enum(['ok', 'unreachable', 'certificate', 'unauthorized', 'forbidden', 'istioCrdsMissing'])
      .describe('What was found.'),
    message: z.string().describe('The finding in a sentence.'),
    kubernetesVersion: z.string().optional().describe('Version of the API server.'),
    istioVersion: z.string().optional().describe('Version of Istio, where it could be told.'),
  })
  .describe('One finding.');

export const probeView = z
  .object({
    ok: z.boolean().describe('True when nothing stands in the way of releasing here.'),
    findings: z.array(findingView).describe('All that stands in the way, or a single ok.'),
  })
  .describe('What a probe of a cluster found. A probe reads only.');

export type ProbeView = z.output<typeof probeView>;

export const toProbeView = (findings: readonly ProbeFinding[]): ProbeView => ({
  ok: findings.every(({ kind }) => kind === 'ok'),
  findings: findings.map(toFindingView),
});

function toFindingView(finding: ProbeFinding): ProbeView['findings'][number] {
  const message = toMessage(finding);
  if (finding.kind !== 'ok') return { kind: finding.kind, message };
  const { kind, kubernetesVersion, istioVersion } = finding;
  return {
    kind,
    message,
    kubernetesVersion,
    ...(istioVersion === undefined ? {} : { istioVersion }),
  };
}

function toMessage(finding: ProbeFinding): string {
  switch (finding.kind) {
    case 'ok':
      return 'The cluster answers and Spillway may do all that it needs.';
    case 'unreachable':
      return `The API server does not answer: ${finding.detail}`;
    case 'certificate':
      return `The API server’s certificate is not trusted: ${finding.detail}`;
    case 'unauthorized':
      return `The API server does not accept the credentials: ${finding.detail}`;
    case 'forbidden':
      return `Spillway may not ${finding.verb} ${finding.resource}; grant it with RBAC.`;
    case 'istioCrdsMissing':
      return `Istio is not installed: ${finding.missing.join(', ')} missing.`;
  }
}
