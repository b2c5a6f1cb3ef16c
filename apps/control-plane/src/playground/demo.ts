import type { Playground } from './playground.js';

/** What `spillway release create --watch` says with its exit code. */
const succeeded = 0;
const takenBack = 1;

/** A good release and a bad one, as a person would make them. Gives the exit code of the demo. */
export async function demo(
  { cli, url }: Pick<Playground, 'cli' | 'url'>,
  say: (text: string) => void,
): Promise<number> {
  say('\nOne: catalog v2 is healthy. It goes through eu-west first, then us-east.\n');
  const good = await cli(...release('v2', 'the demo’s good version'));
  say('\nTwo: 5 % of the answers of catalog v3 are errors, fifty times as many as v2 gives.\n');
  const bad = await cli(...release('v3', 'the demo’s bad version'));
  if (good !== succeeded || bad !== takenBack) {
    say(`\nThat was not the plan: v2 ended with exit code ${good}, v3 with ${bad}.`);
    return 1;
  }
  say(
    '\nv2 is stable in both clusters. v3 was taken back by itself, with the figures that spoke against it.' +
      `\n"npm start" keeps all this running for you to play with (here it was ${url}).`,
  );
  return 0;
}

const release = (candidate: string, description: string): readonly string[] =>
  ['release', 'create', 'shop/catalog', '--candidate', candidate].concat([
    '--strategy',
    'canary-10',
    '--description',
    description,
    '--watch',
  ]);
