import type { Check } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { readableDuration } from '../shared/duration.js';
import type { Spot } from '../spot.js';
import { all, inside, on } from '../walk.js';

export const consistentHashRules = rules({
  COOKIE_NAME_MISSING: refused('A cookie for consistent hashing has no name.', {
    without: 'the API server refuses it too where the field is missing',
    next: 'Add httpCookie.name.',
  }),
  COOKIE_ATTRIBUTE_NAME_EMPTY: refused('An attribute of a cookie has no name.', {
    next: 'Write the name of the attribute, such as SameSite.',
  }),
  COOKIE_ATTRIBUTE_DUPLICATE: refused('A cookie has an attribute twice.', {
    without: 'it is stored, and sent to clients twice',
    next: 'Remove one of the two.',
  }),
  MAGLEV_SIZE_MISSING: refused('A Maglev table has no size.', {
    next: 'Write a prime below 5000011, such as 65537, or remove maglev.',
  }),
  MAGLEV_SIZE_TOO_LARGE: refused('A Maglev table is too large.', {
    next: 'Write a prime below 5000011, such as 65537.',
  }),
  MAGLEV_SIZE_NOT_PRIME: refused('The size of a Maglev table is not a prime.', {
    without: 'istiod sends it on, and Envoy refuses the cluster',
    next: 'Write a prime below 5000011, such as 65537.',
  }),
  RING_SIZE_AND_ALGORITHM: refused('minimumRingSize stands beside ringHash or maglev.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Write ringHash.minimumRingSize.',
  }),
  RING_SIZE_DEPRECATED: warned('minimumRingSize is deprecated.', {
    consequence: 'It still works.',
    next: 'Write ringHash.minimumRingSize.',
  }),
});

const largest = 5000011;

function isPrime(number: number): boolean {
  if (number < 2 || !Number.isInteger(number)) return false;
  for (let factor = 2; factor * factor <= number; factor++) {
    if (number % factor === 0) return false;
  }
  return true;
}

const maglev: Check = function* (spot) {
  const size = spot.at('tableSize');
  if (size.isSet && size.number === undefined) return;
  const number = size.number ?? 0;
  if (number === 0)
    yield consistentHashRules.MAGLEV_SIZE_MISSING.on(size, 'There is no tableSize.');
  else if (number >= largest) {
    yield consistentHashRules.MAGLEV_SIZE_TOO_LARGE.on(size, `${number} is not below ${largest}.`);
  } else if (!isPrime(number)) {
    yield consistentHashRules.MAGLEV_SIZE_NOT_PRIME.on(size, `${number} is not a prime.`);
  }
};

const cookie: Check = function* (spot) {
  const name = spot.at('name');
  if (name.text === '' && (!name.isSet || name.value === '')) {
    yield consistentHashRules.COOKIE_NAME_MISSING.on(name, 'The cookie has no name.');
  }
  const names = spot
    .at('attributes')
    .items()
    .map((attribute) => attribute.at('name'));
  for (const [index, attribute] of names.entries()) {
    const { text } = attribute;
    if (text === '') {
      yield consistentHashRules.COOKIE_ATTRIBUTE_NAME_EMPTY.on(attribute, 'It has no name.');
    } else if (names.slice(0, index).some((earlier: Spot) => earlier.text === text)) {
      yield consistentHashRules.COOKIE_ATTRIBUTE_DUPLICATE.on(
        attribute,
        `${text} is there already.`,
      );
    }
  }
};

const ringSize: Check = function* (hash) {
  const size = hash.at('minimumRingSize');
  if ((size.number ?? 0) === 0) return;
  yield consistentHashRules.RING_SIZE_DEPRECATED.on(size, `minimumRingSize ${size.number} is set.`);
  const [algorithm] = hash.setOf('ringHash', 'maglev');
  if (algorithm === undefined) return;
  yield consistentHashRules.RING_SIZE_AND_ALGORITHM.on(size, `${algorithm} is set too.`);
};

/** A lifetime of 0 makes a cookie of the session. */
export const consistentHash: Check = all(
  inside('httpCookie', cookie, on('ttl', readableDuration)),
  inside('maglev', maglev),
  ringSize,
);
