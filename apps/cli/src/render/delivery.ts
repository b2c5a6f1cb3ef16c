import type { Delivery } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

export const deliveryTable = (deliveries: readonly Delivery[], now: number): string =>
  table(
    ['ID', 'WITH', 'WHAT', 'STATE', 'AGE', 'BECAUSE'],
    deliveries.map((one) => [
      one.id,
      partner(one),
      what(one),
      one.state,
      age(one.createdAt, now),
      one.because ?? '',
    ]),
  );

export const deliveryFacts = (one: Delivery, now: number): string =>
  facts([
    ['Id', one.id],
    ['Direction', one.direction],
    [one.direction === 'in' ? 'Webhook' : 'Endpoint', partner(one)],
    ['What', what(one)],
    ['State', one.state],
    ...optional('Because', one.because),
    ...optional('Release', one.release),
    ...(one.direction === 'out' ? attempts(one) : optional('Rule', one.rule)),
    ['Age', age(one.createdAt, now)],
  ]);

type Row = readonly [label: string, value: string];
type Outgoing = Extract<Delivery, { direction: 'out' }>;

const partner = (one: Delivery): string => (one.direction === 'in' ? one.webhook : one.endpoint);

const what = (one: Delivery): string =>
  one.direction === 'in' ? one.event : `${one.notice.service} ${one.notice.type}`;

const optional = (label: string, value: string | undefined): readonly Row[] =>
  value === undefined ? [] : [[label, value]];

const attempts = ({ attempts: made }: Outgoing): readonly Row[] =>
  made.map(({ at, tookMs, status, because }, index) => [
    `Attempt ${index + 1}`,
    `${at}, ${tookMs} ms${status === undefined ? '' : `, ${status}`}${because === undefined ? '' : `: ${because}`}`,
  ]);
