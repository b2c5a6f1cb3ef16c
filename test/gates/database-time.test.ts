import { expect, it } from '@jest/globals';
import { filesBelow, readRoot } from './workspace.js';

/**
 * What processes decide together they decide by the database's time, which each transaction is told
 * (`tx.now`): clocks of machines differ. These files read the clock of their own process, each for
 * what it alone does or says.
 */
const ownTime: Readonly<Record<string, string>> = {
  'apps/control-plane/src/engine/create-engine.ts': 'makes the clock',
  'libs/application/src/access/authenticator.ts': 'how long this process believes what it read',
  'libs/application/src/loop/apply-egress.ts': 'how long this process has seen an object unchanged',
  'libs/application/src/loop/apply.ts': 'how long this process has seen an object unchanged',
  'libs/application/src/loop/hook/call-hook.ts':
    'how long a call took; when this process calls again',
  'libs/application/src/loop/notify.ts': 'how long a delivery took',
  'libs/application/src/reading/resting-source.ts': 'until when this process leaves a source alone',
};

const shared = [
  'apps/control-plane/src',
  'libs/application/src',
  'libs/adapter/persistence/src',
  'libs/adapter/queue/src',
];

it('what processes decide together is decided by the database’s time', () => {
  const readers = shared
    .flatMap(filesBelow)
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path))
    .filter((path) => /Date\.now\(|new Date\(\)|\bclock\.now\(/.test(readRoot(path)));
  expect(readers.toSorted()).toEqual(Object.keys(ownTime));
});
