import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { lintObject } from '../lint-object.js';
import { nearRe2 } from '../testing/index.js';
import { ruleCases } from '../testing/rule-case/index.js';
import { ruleCatalogue } from './catalogue.js';

const find = (object: MeshObject, minor?: number) =>
  lintObject(object, { regex: nearRe2, istio: minor === undefined ? undefined : { minor } });

describe.each(ruleCases)('%s', (code, path, wrong, right, istio) => {
  it('is found at the place that is wrong', () => {
    const found = find(wrong, istio?.wrong).filter((finding) => finding.code === code);
    expect(found.map((finding) => finding.path)).toEqual([path]);
  });

  it('is not found in the nearest object that is right', () => {
    const codes = find(right, istio?.right ?? istio?.wrong).map((finding) => finding.code);
    expect(codes).not.toContain(code);
  });
});

describe('the cases of the rules', () => {
  it('have one for each rule', () => {
    expect(ruleCases.map(([code]) => code).toSorted()).toEqual(
      ruleCatalogue.map(({ code }) => code).toSorted(),
    );
  });
});
