import { ruleName, strategyName, webhookName } from '@spillway/kernel';
import type { Rule, RuleMatch, RuleRelease } from '../rule.js';
import type { Trigger } from '../trigger.js';

/** A deployment of the catalog that went well. */
export const aTrigger = (overrides: Partial<Trigger> = {}): Trigger => ({
  event: 'deployment_status',
  status: 'success',
  repository: 'acme/catalog',
  environment: 'production',
  image: 'ghcr.io/acme/catalog:v2',
  branch: 'main',
  sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
  ...overrides,
});

interface RuleOverrides extends Partial<Pick<Rule, 'priority'>> {
  readonly name?: string;
  readonly match?: Partial<RuleMatch>;
  readonly release?: Partial<RuleRelease>;
}

/** Releases `shop/catalog` as the tag of the image, by `canary-10`. */
export const aRule = (overrides: RuleOverrides = {}): Rule => ({
  name: ruleName(overrides.name ?? 'deploy-catalog'),
  priority: overrides.priority ?? 100,
  match: { webhook: webhookName('github'), ...overrides.match },
  release: {
    service: 'shop/catalog',
    version: '{{ image.tag }}',
    strategy: strategyName('canary-10'),
    ...overrides.release,
  },
});
