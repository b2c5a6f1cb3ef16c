import type { Check } from '../rule.js';
import { refusedByServer, rules } from '../rule.js';
import { each } from '../walk.js';

export const providerRules = rules({
  PROVIDER_NAME_EMPTY: refusedByServer('A provider has no name.', {
    next: 'Write the name of a provider of the mesh; envoy and prometheus are always there.',
  }),
});

const named: Check = function* (provider) {
  const name = provider.at('name');
  if (name.text !== '' || (name.isSet && typeof name.value !== 'string')) return;
  yield providerRules.PROVIDER_NAME_EMPTY.on(name, 'The provider has no name.');
};

export const providers: Check = each('providers', named);
