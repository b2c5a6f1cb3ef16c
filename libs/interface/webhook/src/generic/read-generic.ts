import { ok } from '@spillway/kernel';
import { parse } from '@spillway/interface-contract/parse';
import { readJson } from '../body/read-json.js';
import type { Read } from '../read.js';
import { deployedDocument, toTrigger } from './deployed.js';
import { mapped } from './mapped.js';

/** With a mapping, anybody’s payload; without, Spillway’s own. */
export const readGeneric: Read = (delivery, { mapping }) => {
  const json = readJson(delivery);
  if (!json.ok) return json;
  const sentId = delivery.headers['webhook-id'];
  if (mapping !== undefined) {
    const trigger = mapped(mapping, json.value, 'deployed');
    return ok({ ...identified(sentId), event: trigger.event, trigger });
  }
  const parsed = parse(deployedDocument, json.value, 5);
  if (!parsed.ok) return parsed;
  const trigger = toTrigger(parsed.value);
  return ok({ ...identified(parsed.value.id ?? sentId), event: trigger.event, trigger });
};

const identified = (key: string | undefined): { key?: string } =>
  key === undefined ? {} : { key };
