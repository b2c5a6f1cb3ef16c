import { describe, expect } from '@jest/globals';
import type { VendorReply } from '../testing/loopback-vendor.js';
import { numberSourceContract } from '../testing/number-source-contract.js';
import type { VendorUnderTest } from '../testing/vendor-under-test.js';
import { createInfluxDbSource } from './influxdb-source.js';

const query = `import "math"
from(bucket: "mesh")
  |> range(start: v.timeRangeStart, stop: v.timeRangeStop)
  |> filter(fn: (r) => r.service == "catalog" and r.version == "v2")
  |> group() |> mean()`;

const csv = (...lines: readonly string[]): VendorReply => ({
  headers: { 'content-type': 'text/csv; charset=utf-8' },
  body: [...lines, '', ''].join('\r\n'),
});

const literal = (name: string, value: string): unknown => ({
  type: 'Property',
  key: { type: 'Identifier', name },
  value: { type: 'DateTimeLiteral', value },
});

const influxdb: VendorUnderTest = {
  query,
  secrets: { 'influx-token': 'q8Gz0-_w==' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createInfluxDbSource(
      {
        kind: 'influxdb',
        url,
        timeoutMs,
        organization: 'Shop & Co',
        token: { secret: 'influx-token' },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v2/query',
      query: { org: 'Shop & Co' },
      headers: {
        authorization: 'Token q8Gz0-_w==',
        'content-type': 'application/json',
        accept: 'application/csv',
      },
    });
    expect(JSON.parse(request.body)).toEqual({
      type: 'flux',
      query,
      dialect: { header: true, delimiter: ',', annotations: [] },
      extern: {
        type: 'File',
        package: null,
        imports: null,
        body: [
          {
            type: 'OptionStatement',
            assignment: {
              type: 'VariableAssignment',
              id: { type: 'Identifier', name: 'v' },
              init: {
                type: 'ObjectExpression',
                // A nanosecond late: the window is without its beginning and with its end.
                properties: [
                  literal('timeRangeStart', '2023-11-14T22:14:00.000000001Z'),
                  literal('timeRangeStop', '2023-11-14T22:15:00.000000001Z'),
                ],
              },
            },
          },
        ],
      },
    });
  },
  value: (value) => csv(',result,table,_value', `,_result,0,${value}`),
  empty: [['no row', csv()]],
  notANumber: [['NaN', csv(',result,table,_value', ',_result,0,NaN')]],
  several: [
    {
      name: 'two tables',
      reply: csv(',result,table,_value,host', ',_result,0,1,a', ',_result,1,2,b'),
      message: /2 rows came.*group\(\)/,
    },
  ],
  partial: [
    {
      name: 'an error behind the rows',
      reply: csv(
        ',result,table,_value',
        ',_result,0,1',
        '',
        ',error,reference',
        ',engine: shard 3 is closed,897',
      ),
      message: 'may be incomplete: the query failed: engine: shard 3 is closed',
    },
  ],
  queryErrors: [
    {
      name: 'a query that does not compile',
      reply: {
        status: 400,
        body: { code: 'invalid', message: 'error @2:3-2:9: undefined identifier "filte"' },
      },
      message: 'HTTP 400: error @2:3-2:9: undefined identifier "filte"',
    },
    {
      name: 'a bucket that is not there',
      reply: { status: 404, body: { code: 'not found', message: 'could not find bucket "mesh"' } },
      message: 'HTTP 404: could not find bucket "mesh"',
    },
    {
      name: 'an error in place of rows, with 200',
      reply: csv('error,reference', 'Failed to parse query,897'),
      message: 'Failed to parse query',
    },
  ],
  refused: [
    ['401 in its own words', { status: 401, body: { code: 'unauthorized', message: 'no' } }],
  ],
};

describe('InfluxDB', () => numberSourceContract(influxdb));
