import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { operations } from '@spillway/application';

/** Use cases that one of the interfaces does without, and why. */
const without: Readonly<Record<'REST' | 'GraphQL', Readonly<Record<string, string>>>> = {
  REST: {
    getClusters: 'many at once are for what GraphQL shows beside each other',
    getServices: 'many at once are for what GraphQL shows beside each other',
    getStrategyVersions: 'many at once are for what GraphQL shows beside each other',
    getReleases: 'many at once are for what GraphQL shows beside each other',
    getRunningReleases: 'many at once are for what GraphQL shows beside each other',
    getFeedPosition: 'the stream of all releases begins with where it is',
    watchRelease: 'its stream tells every event too: followRelease',
  },
  GraphQL: {
    receiveDelivery: 'what webhooks send has its own address, and a signature instead of a token',
    followRelease: 'a subscription gives states; events are read from where the last one was',
  },
};

const folders = {
  REST: [
    'libs/interface/rest/src',
    'libs/interface/webhook/src',
    // Of a delivery one has to know by its id alone whether it came in or goes out.
    'libs/interface/contract/src/delivery',
  ],
  GraphQL: ['libs/interface/graphql/src'],
} as const;

const root = new URL('../../', import.meta.url).pathname;

const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|testing\//.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

/** What a file calls: `useCases.name`, or the names in quotes where it picks one of several. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/seCases\b[?]?\s*\.(\w+)/g), ...quotedWhere(/seCases\[|\[verb\]/, text)].map(
    ([, name = '']) => name,
  );

const quotedWhere = (picks: RegExp, text: string) =>
  picks.test(text) ? [...text.matchAll(/'(\w+)'/g)] : [];

it.each(['REST', 'GraphQL'] as const)('every use case is in %s, or it says why not', (name) => {
  const called = new Set(folders[name].flatMap(sourcesBelow).flatMap(namesIn));
  const missing = Object.keys(operations).filter((operation) => !called.has(operation));
  expect(missing.sort()).toEqual(Object.keys(without[name]).sort());
});
