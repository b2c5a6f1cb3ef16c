import { describe, expect, it } from '@jest/globals';
import { chooseRule } from './choose-rule.js';
import { aRule, aTrigger } from './testing/index.js';

/** Why the only rule there is did not match. */
function whyNot(...[rule, trigger]: [ReturnType<typeof aRule>, ReturnType<typeof aTrigger>]) {
  const choice = chooseRule([rule], trigger);
  return choice.kind === 'none' ? choice.passedBy[0]?.because : choice.kind;
}

describe('what matches', () => {
  it('releases what was deployed', () => {
    expect(chooseRule([aRule()], aTrigger())).toEqual({
      kind: 'release',
      rule: 'deploy-catalog',
      release: {
        service: 'shop/catalog',
        candidate: 'v2',
        strategy: 'canary-10',
      },
      passedBy: [],
    });
  });

  it('needs all that a rule names, and one of each list', () => {
    const match = {
      events: ['workflow_run', 'deployment_status'],
      repositories: ['acme/*'],
      environments: ['staging', 'production'],
      images: ['ghcr.io/acme/*:v*'],
      branches: ['main', 'release/**'],
    };
    expect(whyNot(aRule({ match }), aTrigger())).toBe('release');
    expect(whyNot(aRule({ match }), aTrigger({ branch: 'release/1/2' }))).toBe('release');
  });

  it.each([
    [
      'branch',
      { branches: ['main'] },
      { branch: 'feature/x' },
      'branch main wanted, was feature/x',
    ],
    [
      'repository',
      { repositories: ['acme/catalog', 'acme/cart'] },
      { repository: 'evil/catalog' },
      'repository acme/catalog or acme/cart wanted, was evil/catalog',
    ],
    ['event', { events: ['pipeline'] }, {}, 'event pipeline wanted, was deployment_status'],
    ['status', {}, { status: 'failure' as const }, 'status success wanted, was failure'],
    [
      'image',
      { images: ['ghcr.io/acme/*:v*'] },
      { image: 'ghcr.io/acme/catalog:latest' },
      'image ghcr.io/acme/*:v* wanted, was ghcr.io/acme/catalog:latest',
    ],
  ])('says of another %s what was wanted and what came', (_, match, trigger, because) => {
    expect(whyNot(aRule({ match }), aTrigger(trigger))).toBe(because);
  });

  it('says that a delivery names none, and names everything that is wrong', () => {
    const { environment: _, ...without } = aTrigger({ branch: 'x' });
    const match = { environments: ['live'], branches: ['main'] };
    expect(whyNot(aRule({ match }), without)).toBe(
      'environment live wanted, and the delivery names none; branch main wanted, was x',
    );
  });

  it('takes no other status than success unless it is asked for', () => {
    const failed = aTrigger({ status: 'failure' });
    expect(whyNot(aRule({ match: { statuses: ['failure'] } }), failed)).toBe('release');
    expect(whyNot(aRule({ match: { statuses: ['created', 'running'] } }), failed)).toContain(
      'created or running wanted',
    );
  });

  it('does not look at the digest of an image', () => {
    const image = `ghcr.io/acme/catalog:v2@sha256:${'a'.repeat(64)}`;
    const match = { images: ['ghcr.io/acme/catalog:v2'] };
    expect(whyNot(aRule({ match }), aTrigger({ image }))).toBe('release');
  });
});

describe('which rule decides', () => {
  const names = (...rules: ReturnType<typeof aRule>[]) => {
    const choice = chooseRule(rules, aTrigger());
    return choice.kind === 'none' ? undefined : choice.rule;
  };

  it('is the one of the smallest number, then of the first name', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => aRule({ name }));
    expect(names(c!, b!, a!)).toBe('a');
    expect(names(a!, aRule({ name: 'z', priority: 1 }))).toBe('z');
  });

  it('tells why those before it were passed by, and asks none after it', () => {
    const never = { branches: ['never'] };
    const rules = [
      aRule({ name: 'c', match: never }),
      aRule({ name: 'b' }),
      aRule({ name: 'a', match: never }),
    ];
    const { passedBy } = chooseRule(rules, aTrigger());
    expect(passedBy.map(({ rule }) => rule)).toEqual(['a']);
  });

  it('is none when there is none', () => {
    expect(chooseRule([], aTrigger())).toEqual({ kind: 'none', passedBy: [] });
  });

  it('stays the first that matches, also when no release can be made of what came', () => {
    const { image: _, ...without } = aTrigger();
    const choice = chooseRule(
      [aRule({ name: 'a' }), aRule({ name: 'b', release: { version: '{{ sha | short }}' } })],
      without,
    );
    expect(choice).toMatchObject({
      kind: 'unusable',
      rule: 'a',
      because: 'its version needs {{ image.tag }}, and the delivery does not say that',
    });
  });
});
