import { describe, expect, it } from '@jest/globals';
import type { HandWrittenObject } from '@spillway/adapter-cluster';
import { expectGolden } from './golden.js';
import { Story, type World } from './story.js';
import { at, canary, testers } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const theirs = { namespace: 'shop', name: 'catalog' };
const to = (subset: string) => ({ destination: { host: 'catalog', subset } });
const subsets = ['v1', 'v2'].map((name) => ({ name, labels: { version: name } }));

const rule: HandWrittenObject = {
  kind: 'DestinationRule',
  ...theirs,
  spec: { host: 'catalog', subsets },
};

const adopted: World = {
  routing: { ownership: { kind: 'adopted', virtualService: theirs } },
  objects: [
    rule,
    {
      kind: 'VirtualService',
      ...theirs,
      labels: { team: 'shop' },
      annotations: { 'shop.example/owner': 'ana' },
      spec: {
        hosts: ['catalog'],
        http: [
          {
            name: 'jason',
            match: [{ headers: { 'end-user': { exact: 'jason' } } }],
            route: [to('v2')],
          },
          { name: 'everyone', timeout: '2s', retries: { attempts: 2 }, route: [to('v1')] },
        ],
      },
    },
  ],
};

const delegated: World = {
  routing: {
    ownership: { kind: 'delegate', virtualService: { namespace: 'shop', name: 'catalog-routes' } },
  },
  objects: [
    {
      kind: 'VirtualService',
      ...theirs,
      spec: {
        hosts: ['catalog'],
        http: [
          {
            match: [{ uri: { prefix: '/' } }],
            timeout: '3s',
            delegate: { name: 'catalog-routes' },
          },
          // Until the delegate is there Istio leaves out the rule that names it.
          { match: [{ uri: { prefix: '/' } }], route: [to('v1')] },
        ],
      },
    },
    rule,
  ],
};

const strategy = canary({
  steps: [
    { kind: 'route', route: testers },
    at(25),
    { kind: 'analyze', metrics: [] },
    { kind: 'pause' },
    at(50),
  ],
});

/** Everyone's requests may take five seconds. */
function patient(spec: unknown): unknown {
  const edited = structuredClone(spec) as { http: { name: string; timeout: string }[] };
  for (const route of edited.http) if (route.name === 'everyone') route.timeout = '5s';
  return edited;
}

describe('a VirtualService that people own', () => {
  it('is to the byte what it was when the release is aborted', async () => {
    const story = new Story();
    await story.given(clusters, strategy, adopted);
    const before = story.objectsOfPeople();
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.splits();
    await story.command(id, 'abort', 'not today');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expect(story.objectsOfPeople()).toBe(before);
    expectGolden(story.narrator.text, 'adopted-aborted');
  });

  it('has the new version where the old one stood when the release succeeded', async () => {
    const story = new Story();
    await story.given(clusters, strategy, adopted);
    const before = story.objectsOfPeople();
    const id = await story.release('v2');
    for (let wave = 0; wave < clusters.length; wave += 1) {
      await story.phase(id, 'paused');
      await story.command(id, 'resume');
    }
    const release = await story.end(id);
    story.splits();
    story.answers();
    expect(release.phase).toBe('succeeded');
    const [old, late] = [before, story.objectsOfPeople()].map((text) => text.split('\n'));
    const changed = old?.flatMap((line, i) => (line === late?.[i] ? [] : [line, late?.[i]]));
    expect(changed?.map((line) => line?.trim())).toEqual(['"subset": "v1"', '"subset": "v2"']);
    expectGolden(story.narrator.text, 'adopted-promoted');
  });

  it('keeps what people change in it meanwhile', async () => {
    const story = new Story();
    await story.given(clusters, strategy, adopted);
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.happens('bob gives everyone five seconds in eu-west', () =>
      story.mesh('eu-west').editByHand({ kind: 'VirtualService', ...theirs }, patient),
    );
    await story.pass('5s');
    await story.command(id, 'abort');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expect(story.objectsOfPeople()).toContain('"timeout": "5s"');
    expectGolden(story.narrator.text, 'adopted-edited');
  });
});

describe('a VirtualService that people hand requests to', () => {
  it('gets its traffic through theirs, which nobody touches', async () => {
    const story = new Story();
    await story.given(clusters, strategy, delegated);
    const root = () =>
      JSON.stringify(
        story
          .mesh('eu-west')
          .objects()
          .find(({ metadata }) => metadata.name === 'catalog'),
      );
    const before = root();
    const id = await story.release('v2');
    for (let wave = 0; wave < clusters.length; wave += 1) {
      await story.phase(id, 'paused');
      story.splits();
      await story.command(id, 'resume');
    }
    const release = await story.end(id);
    story.splits();
    story.answers();
    expect(release.phase).toBe('succeeded');
    expect(root()).toBe(before);
    expectGolden(story.narrator.text, 'delegate');
  });

  it('holds before a route that istiod would drop in silence', async () => {
    const story = new Story();
    const elsewhere = { name: 'orders', match: [{ uri: { exact: '/orders' } }] };
    const [root, ...others] = delegated.objects;
    if (root === undefined) throw new Error('there is a root');
    const spec = JSON.parse(JSON.stringify(root.spec).replaceAll('"/"', '"/catalog"'));
    await story.given(clusters, canary({ steps: [{ kind: 'route', route: elsewhere }, at(25)] }), {
      ...delegated,
      objects: [{ ...root, spec }, ...others],
    });
    const id = await story.release('v2');
    await story.pass('20s');
    expect((await story.state(id)).phase).toBe('held');
    await story.command(id, 'abort', 'another path then');
    const release = await story.end(id);
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'delegate-held');
  });
});
