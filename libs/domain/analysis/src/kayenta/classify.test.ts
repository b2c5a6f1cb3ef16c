import { describe, expect, it } from '@jest/globals';
import { kayentaVectors, type KayentaVector } from '../testing/kayenta-classifier-vectors.js';
import { defaultKayentaSettings, judgeKayenta } from './index.js';

const judge = ({ measurements, settings }: KayentaVector) =>
  judgeKayenta(measurements, { ...defaultKayentaSettings, ...settings }).evidence;

/** Two rows have noise in them, which the port that made them drew by chance. */
const isNoisy = ({ name }: KayentaVector): boolean => name.startsWith('Tied Ranks');

describe('the cases of Kayenta’s ClassifierSuite', () => {
  it('are all there', () => {
    expect(kayentaVectors).toHaveLength(34);
  });

  it.each(kayentaVectors)('$name', (vector) => {
    const { expected } = vector;
    const evidence = judge(vector);
    expect(evidence.class).toBe(expected.cls);
    expect(evidence.critical).toBe(expected.critical);
    const digits = isNoisy(vector) ? 3 : 12;
    for (const [ours, theirs] of [
      [evidence.L, expected.L],
      [evidence.U, expected.U],
      [evidence.HL, expected.est],
      [evidence.band, expected.crit],
      [evidence.effect, expected.eff],
      [evidence.cles, expected.cles],
    ]) {
      if (theirs === undefined) expect(ours).toBeUndefined();
      else expect(ours).toBeCloseTo(theirs, digits);
    }
    if (expected.dev !== undefined) expect(evidence.deviation).toBeCloseTo(expected.dev, digits);
  });
});
