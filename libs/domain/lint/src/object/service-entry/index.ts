import type { Check } from '../rule.js';
import { subnet } from '../shared/address.js';
import { exportTo } from '../shared/export-to.js';
import { selector } from '../shared/selector.js';
import { all, eachText, inside } from '../walk.js';
import { endpoint } from './endpoint.js';
import { alikeHosts, entryHosts } from './hosts.js';
import { entryPorts } from './ports.js';
import { resolution } from './resolution.js';

export const serviceEntry: Check = all(
  entryHosts,
  alikeHosts,
  eachText('addresses', subnet),
  entryPorts,
  resolution,
  inside('workloadSelector', selector('labels')),
  exportTo({ none: true }),
);

/** It is not known whether it will be looked up, nor which ports its service has. */
export const workloadEntry: Check = (spec, scope) =>
  spec.isObject ? endpoint({ names: true, unix: true })(spec, scope) : [];
