import type { Check, Remark, Scope } from '../rule.js';
import { refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { isDnsLabel } from '../syntax/dns.js';

export const exportToRules = rules({
  EXPORT_TO_DUPLICATE: refused('exportTo names a namespace twice.', {
    without: 'it is stored, and the second entry changes nothing',
    next: 'Remove one of the entries; . is the namespace of the object.',
  }),
  EXPORT_TO_PUBLIC_AND_MORE: refused('exportTo has * beside other entries.', {
    without: 'it is stored, and the object is visible everywhere',
    next: 'Leave * alone, or remove it.',
  }),
  EXPORT_TO_NONE: refused('exportTo is ~ on a kind that cannot be hidden.', {
    next: 'Write . to keep the object to its namespace; only a ServiceEntry can be exported to none.',
  }),
  EXPORT_TO_INVALID: refused('exportTo has an entry that is not a namespace.', {
    without: 'it is stored, and no namespace sees the object by that entry',
    next: 'Write ., * or the name of a namespace.',
  }),
  EXPORT_TO_NONE_AND_MORE: refused('exportTo has ~ beside other entries.', {
    next: 'Leave ~ alone, or remove it.',
  }),
  EXPORT_TO_SELECTOR_MULTIPLE: refused(
    'A DestinationRule for selected workloads is exported to several namespaces.',
    {
      without: 'it is stored, and applies to the workloads of its own namespace only',
      next: 'Write exportTo: ["."], or remove the workloadSelector.',
    },
  ),
  EXPORT_TO_SELECTOR_BEYOND: refused(
    'A DestinationRule for selected workloads is exported beyond its namespace.',
    {
      without: 'it is stored, and applies to the workloads of its own namespace only',
      next: 'Write exportTo: ["."], or remove the workloadSelector.',
    },
  ),
});

/** What a kind allows beyond the rest. */
interface Kind {
  readonly none?: boolean;
  readonly selector?: boolean;
}

export const exportTo = ({ none = false, selector = false }: Kind = {}): Check =>
  function* (spec, scope) {
    const list = spec.at('exportTo');
    const entries = list.texts();
    const seen = new Set<string>();
    for (const entry of entries) yield* judge(entry, seen, scope, none);
    if (selector && spec.at('workloadSelector').isSet) yield* ownOnly(list, seen, scope);
    yield* alone(list, entries.length, seen);
  };

function* judge(
  entry: Spot,
  seen: Set<string>,
  { namespace }: Scope,
  none: boolean,
): Iterable<Remark> {
  const said = JSON.stringify(entry.text);
  const key = entry.text === '.' ? namespace : entry.text;
  if (seen.has(key)) {
    yield exportToRules.EXPORT_TO_DUPLICATE.on(entry, `${said} is namespace ${key} once more.`);
  } else if (key === '~' && !none) {
    yield exportToRules.EXPORT_TO_NONE.on(entry, '~ is not allowed for this kind.');
  } else if (key !== '~' && key !== '*' && !isDnsLabel(key)) {
    yield exportToRules.EXPORT_TO_INVALID.on(entry, `${said} is not a namespace.`);
  } else {
    seen.add(key);
  }
}

function* ownOnly(list: Spot, seen: ReadonlySet<string>, { namespace }: Scope): Iterable<Remark> {
  if (seen.size === 0) return;
  const names = [...seen].join(', ');
  if (!seen.has(namespace)) {
    yield exportToRules.EXPORT_TO_SELECTOR_BEYOND.on(list, `It is exported to ${names}.`);
  } else if (seen.size > 1) {
    yield exportToRules.EXPORT_TO_SELECTOR_MULTIPLE.on(list, `It is exported to ${names}.`);
  }
}

function* alone(list: Spot, count: number, seen: ReadonlySet<string>): Iterable<Remark> {
  if (count < 2) return;
  if (seen.has('*')) {
    yield exportToRules.EXPORT_TO_PUBLIC_AND_MORE.on(list, `* stands beside ${count - 1} more.`);
  }
  if (seen.has('~')) {
    yield exportToRules.EXPORT_TO_NONE_AND_MORE.on(list, `~ stands beside ${count - 1} more.`);
  }
}
