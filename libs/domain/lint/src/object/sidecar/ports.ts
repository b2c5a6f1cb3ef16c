import { refused, rules } from '../rule.js';

export const sidecarPortRules = rules({
  SIDECAR_PORT_DUPLICATE: refused('Two listeners of a Sidecar are on the same port.', {
    without: 'it is stored, and one of the listeners is left out',
    next: 'Give each listener a port of its own.',
  }),
});
