import type { Check } from '../rule.js';
import { refused, refusedByServer, rules } from '../rule.js';
import { selector } from '../shared/selector.js';
import type { Spot } from '../spot.js';
import { all, each, inside } from '../walk.js';

export const targetRules = rules({
  TELEMETRY_SELECTOR_AND_TARGET: refusedByServer(
    'There is more than one of selector and targetRefs.',
    {
      next: 'Keep one of selector, targetRef and targetRefs.',
    },
  ),
  TARGET_NAME_MISSING: refused('A target has no name.', {
    without: 'the API server refuses it too',
    next: 'Add the name.',
  }),
  TARGET_OTHER_NAMESPACE: refusedByServer('A target names a namespace.', {
    next: 'Remove namespace; the target has to be in the namespace of the object.',
  }),
  TARGET_KIND_UNSUPPORTED: refused('A target is of a kind that cannot be one.', {
    without: 'it is stored, and has no effect',
    next: 'Name a Gateway (gateway.networking.k8s.io), GatewayClass, Service or ServiceEntry.',
  }),
});

const kinds = [
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
];

const target: Check = function* (ref) {
  const name = ref.at('name');
  if (name.text === '' && (!name.isSet || name.value === '')) {
    yield targetRules.TARGET_NAME_MISSING.on(name, 'There is no name.');
  }
  const namespace = ref.at('namespace');
  if (namespace.text !== '') {
    yield targetRules.TARGET_OTHER_NAMESPACE.on(namespace, `namespace is ${namespace.text}.`);
  }
  const kind = `${ref.at('group').text}/${ref.at('kind').text}`;
  if (kinds.includes(kind)) return;
  yield targetRules.TARGET_KIND_UNSUPPORTED.on(ref.at('kind'), `${kind} cannot be a target.`);
};

const isGiven = (spot: Spot): boolean =>
  spot.isSet && !(Array.isArray(spot.value) && spot.value.length === 0);

const oneKind: Check = function* (spec) {
  const given = ['selector', 'targetRef', 'targetRefs'].filter((field) => isGiven(spec.at(field)));
  if (given.length < 2) return;
  yield targetRules.TELEMETRY_SELECTOR_AND_TARGET.on(spec, `There are ${given.join(' and ')}.`);
};

export const targets: Check = all(
  oneKind,
  inside('selector', selector('matchLabels')),
  inside('targetRef', target),
  each('targetRefs', target),
);
