import { describe, expect, it } from '@jest/globals';
import { seriesByHost } from './series-by-host.js';

const of = (host: string, labels: Readonly<Record<string, string>>, value: number) => ({
  labels: { destination_service: host, ...labels },
  value,
});

describe('series of many hosts', () => {
  it('are sorted out, and each keeps its other labels', () => {
    const byHost = seriesByHost([
      of('a', { le: '5' }, 1),
      of('b', { le: '5' }, 2),
      of('a', { le: '10' }, 3),
      of('a', { le: '5', born: 'yes' }, 4),
    ]);
    expect(byHost('a')).toEqual([
      { labels: { le: '5' }, value: 1 },
      { labels: { le: '10' }, value: 3 },
      { labels: { le: '5', born: 'yes' }, value: 4 },
    ]);
    expect(byHost('b')).toEqual([{ labels: { le: '5' }, value: 2 }]);
    expect(byHost('c')).toEqual([]);
  });

  it('share equal labels', () => {
    const byHost = seriesByHost([of('a', { le: '5' }, 1), of('b', { le: '5' }, 2)]);
    expect(byHost('a')[0]?.labels).toBe(byHost('b')[0]?.labels);
  });

  it('keep labels apart that look alike in a row', () => {
    const byHost = seriesByHost([of('a', { x: '1",y="2' }, 1), of('a', { x: '1', y: '2' }, 2)]);
    expect(byHost('a').map(({ labels }) => labels)).toEqual([{ x: '1",y="2' }, { x: '1', y: '2' }]);
  });
});
