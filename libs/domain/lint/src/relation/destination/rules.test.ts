import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { brief } from '../../testing/an-object.js';
import { aDestinationRule } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));

const host = 'catalog.shop.svc.cluster.local';
const policy = { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } };
const own = aDestinationRule('shop/own', host, ['v1', 'v2']);

describe('a DestinationRule of the service’s namespace', () => {
  const shadowed = 'RULE_SHADOWED DestinationRule/own spec.host';

  it('is hidden from clients that have one for the host', () => {
    expect(lint(own, aDestinationRule('web/theirs', host, ['v1']))).toEqual([shadowed]);
  });

  it('is hidden from clients by a wildcard', () => {
    expect(lint(own, aDestinationRule('web/theirs', '*.local', []))).toEqual([shadowed]);
  });

  it('is not hidden by rules for other hosts or for some clients only', () => {
    const some = { workloadSelector: { matchLabels: { app: 'a' } } };
    expect(lint(own, aDestinationRule('web/theirs', '*.example.com', []))).toEqual([]);
    expect(lint(own, aDestinationRule('web/theirs', host, [], some))).toEqual([]);
  });

  it('is not missed where it was not exported to', () => {
    const local = aDestinationRule('shop/own', host, ['v1'], { exportTo: ['.'] });
    expect(lint(local, aDestinationRule('web/theirs', host, ['v1']))).toEqual([]);
  });

  it('hides a wildcard’s policy for its host', () => {
    const wide = aDestinationRule('shop/wide', '*.shop.svc.cluster.local', [], policy);
    expect(lint(own, wide)).toEqual(['WILDCARD_RULE_HIDDEN DestinationRule/wide spec.host']);
  });

  it('hides the policy of the root namespace for its host', () => {
    const mesh = aDestinationRule('istio-system/mesh', '*.local', [], policy);
    const hidden = 'ROOT_RULE_HIDDEN DestinationRule/mesh spec.host';
    expect(lint(own, mesh)).toEqual([hidden]);
    expect(lint(own, aDestinationRule('istio-system/mesh', '*.local', []))).toEqual([]);
    expect(brief(lintRelations([own, mesh], { rootNamespace: 'other' }))).not.toContain(hidden);
  });
});

describe('DestinationRules beside each other', () => {
  it('add up, if they name different subsets', () => {
    expect(lint(own, aDestinationRule('shop/more', 'catalog', ['v3'], policy))).toEqual([]);
  });

  it('may repeat a subset as it is, and not with other labels', () => {
    expect(lint(own, aDestinationRule('shop/more', host, ['v2']))).toEqual([]);
    const other = { subsets: [{ name: 'v2', labels: { version: 'v3' } }] };
    expect(lint(own, aDestinationRule('shop/more', host, [], other))).toEqual([
      'SUBSET_DEFINED_TWICE DestinationRule/own spec.subsets[1]',
      'SUBSET_DEFINED_TWICE DestinationRule/more spec.subsets[0]',
    ]);
  });

  it('do not mix with one for some clients', () => {
    const some = {
      subsets: [{ name: 'v2', labels: { version: 'v3' } }],
      workloadSelector: { matchLabels: { app: 'a' } },
      exportTo: ['.'],
    };
    const local = aDestinationRule('shop/own', host, ['v2'], { exportTo: ['.'] });
    expect(lint(local, aDestinationRule('shop/some', host, [], some))).toEqual([]);
  });

  it('have one traffic policy', () => {
    expect(
      lint(
        aDestinationRule('shop/a', host, [], policy),
        aDestinationRule('shop/b', host, [], policy),
      ),
    ).toEqual([
      'POLICY_IGNORED DestinationRule/a spec.trafficPolicy',
      'POLICY_IGNORED DestinationRule/b spec.trafficPolicy',
    ]);
  });

  it('are exported alike, or clients take one of them', () => {
    expect(lint(own, aDestinationRule('shop/more', host, ['v3'], { exportTo: ['.'] }))).toEqual([
      'RULE_EXPORT_DIFFERS DestinationRule/own spec.exportTo',
      'RULE_EXPORT_DIFFERS DestinationRule/more spec.exportTo',
    ]);
  });
});
