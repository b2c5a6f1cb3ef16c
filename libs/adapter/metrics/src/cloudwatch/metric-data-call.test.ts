import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { metricDataBody } from './metric-data-call.js';

const window = { from: instant(1_700_000_040_000), to: instant(1_700_000_340_000) };
const bodyFor = (query: string): unknown => {
  const made = metricDataBody({ query, ...window });
  return made.kind === 'body' ? JSON.parse(made.body) : made;
};

describe('what is asked of CloudWatch', () => {
  it('is an expression over the window', () => {
    const query = 'SELECT AVG(Latency) FROM "Shop" WHERE version = \'v2\'';
    expect(bodyFor(query)).toEqual({
      StartTime: 1_700_000_040,
      EndTime: 1_700_000_340,
      MetricDataQueries: [{ Id: 'answer', Expression: query, Period: 300 }],
    });
  });

  it('is a list of queries as it is, with the window where no period is given', () => {
    const stat = { Metric: { Namespace: 'Shop', MetricName: 'Errors' }, Stat: 'Sum' };
    const queries = [
      { Id: 'errors', MetricStat: stat, ReturnData: false },
      { Id: 'all', MetricStat: { ...stat, Period: 60 }, ReturnData: false, AccountId: '1' },
      { Id: 'share', Expression: 'errors / all' },
      { Id: 'old', Expression: 'errors', Period: 60 },
    ];
    expect(bodyFor(`\n${JSON.stringify(queries)}`)).toMatchObject({
      MetricDataQueries: [
        { Id: 'errors', MetricStat: { ...stat, Period: 300 }, ReturnData: false },
        { Id: 'all', MetricStat: { ...stat, Period: 60 }, ReturnData: false, AccountId: '1' },
        { Id: 'share', Expression: 'errors / all', Period: 300 },
        { Id: 'old', Expression: 'errors', Period: 60 },
      ],
    });
  });

  it.each([
    ['[{"Id": 7}]', '0.Id'],
    ['[{"Id": "a"', 'it'],
    ['[]', 'it'],
  ])('is refused when it only begins like a list: %s', (query, where) => {
    expect(bodyFor(query)).toEqual({
      kind: 'error',
      message: expect.stringContaining(`begins as MetricDataQueries in JSON do, but ${where}: `),
    });
  });

  it('is refused when the window is shorter than anything that CloudWatch counts by', () => {
    const to = instant(window.from + 900);
    expect(metricDataBody({ query: 'x', from: window.from, to })).toMatchObject({ kind: 'error' });
  });
});
