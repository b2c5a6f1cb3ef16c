import type { SourceQuestion } from '@spillway/application';
import type { Instant } from '@spillway/kernel';

/**
 * `option v = { timeRangeStart, timeRangeStop }` as a syntax tree, which goes beside the query as
 * InfluxDB's own pages do it. As text before the query it would stand before its `import` lines,
 * where Flux allows nothing.
 */
export const fluxWindow = ({ from, to }: Pick<SourceQuestion, 'from' | 'to'>): object => ({
  type: 'File',
  package: null,
  imports: null,
  body: [
    {
      type: 'OptionStatement',
      assignment: {
        type: 'VariableAssignment',
        id: identifier('v'),
        init: {
          type: 'ObjectExpression',
          properties: [
            property('timeRangeStart', justAfter(from)),
            property('timeRangeStop', justAfter(to)),
          ],
        },
      },
    },
  ],
});

const identifier = (name: string): object => ({ type: 'Identifier', name });

const property = (name: string, moment: string): object => ({
  type: 'Property',
  key: identifier(name),
  value: { type: 'DateTimeLiteral', value: moment },
});

/** `range()` takes [start, stop), the window is (from, to]: a nanosecond later makes one the other. */
const justAfter = (moment: Instant): string =>
  new Date(moment).toISOString().replace('Z', '000001Z');
