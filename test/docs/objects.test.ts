import { describe, expect, it } from '@jest/globals';
import { re2 } from '@spillway/adapter-regex';
import type { MeshObject } from '@spillway/domain-istio';
import { lintObject, lintSchema } from '@spillway/domain-lint';
import { documents } from './manifests.js';

const objects = documents.filter(({ apiVersion }) => apiVersion !== undefined);
const right = objects.filter(({ wrong }) => wrong === undefined);
const wrong = objects.filter((one) => one.wrong !== undefined);

const foundIn = (fields: object) => {
  const object = fields as MeshObject;
  return [...lintSchema(object), ...lintObject(object, { regex: re2 })];
};

describe('objects of Istio and Kubernetes in the pages', () => {
  it('say where they are', () => {
    expect(objects.length).toBeGreaterThan(0);
    const nameless = objects.filter(({ fields }) => {
      const { metadata } = fields as Partial<MeshObject>;
      return metadata?.name === undefined || metadata.namespace === undefined;
    });
    expect(nameless.map(({ place, kind }) => `${kind} of ${place}`)).toEqual([]);
  });

  it.each(right)('$kind of $place has no error', ({ fields }) => {
    expect(foundIn(fields).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(wrong)('$kind of $place is wrong for $wrong', ({ fields, wrong: code }) => {
    expect(foundIn(fields).map((finding) => finding.code)).toContain(code);
  });
});
