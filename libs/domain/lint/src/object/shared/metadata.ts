import type { MeshObject } from '@spillway/domain-istio';
import { fieldsOf } from '@spillway/domain-istio';
import type { Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import { Spot } from '../spot.js';

export const metadataRules = rules({
  ANNOTATION_DRY_RUN: refused('The annotation istio.io/dry-run is on a kind that has no dry run.', {
    without: 'it is stored, and takes full effect as if the annotation were not there',
    next: 'Remove the annotation; only AuthorizationPolicy has it.',
  }),
  ANNOTATION_INTERNAL: refused("An annotation belongs to istiod's own objects.", {
    without: 'istiod may take the object for one that it made from the Gateway API',
    next: 'Remove the annotation.',
  }),
  ANNOTATION_ALWAYS_REJECT: refused('An annotation asks istiod to refuse the object.', {
    without: 'it is stored and takes effect',
    next: 'Remove the annotation; it is there to test the webhook.',
  }),
});

const forbidden = [
  ['istio.io/dry-run', metadataRules.ANNOTATION_DRY_RUN],
  ['internal.istio.io/parents', metadataRules.ANNOTATION_INTERNAL],
  ['internal.istio.io/parent-namespace', metadataRules.ANNOTATION_INTERNAL],
  ['internal.istio.io/webhook-always-reject', metadataRules.ANNOTATION_ALWAYS_REJECT],
] as const;

export function* metadata(object: MeshObject): Iterable<Remark> {
  const annotations = new Spot(fieldsOf(object.metadata)['annotations'], 'metadata.annotations');
  for (const [name, rule] of forbidden) {
    const annotation = annotations.at(name);
    if (annotation.isSet) yield rule.on(annotation, `Annotation ${name} may not be set on it.`);
  }
}
