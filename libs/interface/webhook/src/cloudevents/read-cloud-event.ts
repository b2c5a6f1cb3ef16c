import { ok } from '@spillway/kernel';
import { parse } from '@spillway/interface-contract/parse';
import { deployedDocument, toTrigger } from '../generic/deployed.js';
import { mapped } from '../generic/mapped.js';
import { ofNoUse, type Read } from '../read.js';
import { readEvent } from './event.js';

/** The type whose data has Spillway’s own shape. */
const ownType = 'io.spillway.deployed';

export const readCloudEvent: Read = (delivery, { mapping }) => {
  const read = readEvent(delivery);
  if (!read.ok) return read;
  const { id, source, type, data } = read.value;
  // The specification’s own: an id is unique for its source.
  const key = JSON.stringify([source, id]);
  if (type === ownType) {
    const parsed = parse(deployedDocument, data, 5);
    if (!parsed.ok) return parsed;
    return ok({ key, event: type, trigger: { ...toTrigger(parsed.value), event: type } });
  }
  return mapping === undefined
    ? ok({ key, ...ofNoUse(type, whyNot(type)) })
    : ok({ key, event: type, trigger: { ...mapped(mapping, data, type), event: type } });
};

const whyNot = (type: string): string =>
  `CloudEvents of type "${type}" are read by a webhook with a mapping only; without one, ${ownType}`;
