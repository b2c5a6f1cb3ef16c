import { describe, expect, it } from '@jest/globals';
import type { ManagedFields } from './api-object.js';
import { toLiveObject } from './live-object.js';

const managers = (managedFields: readonly ManagedFields[]): readonly string[] =>
  toLiveObject('VirtualService', {
    metadata: { name: 'a', namespace: 'b', resourceVersion: '1', managedFields },
  }).metadata.managers.map(({ name }) => name);

describe('an object as it is kept', () => {
  it('names its managers, newest first', () => {
    expect(
      managers([
        { manager: 'helm', time: '2026-01-01T00:00:00Z' },
        { manager: 'kubectl-edit', time: '2026-01-03T00:00:00Z' },
        { manager: 'spillway', time: '2026-01-02T00:00:00Z' },
      ]),
    ).toEqual(['kubectl-edit', 'spillway', 'helm']);
  });

  it('names the other one first when both wrote in the same second', () => {
    const time = '2026-01-01T00:00:00Z';
    expect(
      managers([
        { manager: 'spillway', time },
        { manager: 'kubectl-edit', time },
      ]),
    ).toEqual(['kubectl-edit', 'spillway']);
  });

  it('leaves out who writes the status only', () => {
    const time = '2026-01-01T00:00:00Z';
    expect(managers([{ manager: 'pilot', time, subresource: 'status' }])).toEqual([]);
  });

  it('drops what nobody asks about', () => {
    const kept = toLiveObject('DestinationRule', {
      metadata: { name: 'a', namespace: 'b', resourceVersion: '7', uid: 'u', managedFields: [] },
      spec: { host: 'h' },
    });
    expect(kept).toEqual({
      kind: 'DestinationRule',
      metadata: {
        name: 'a',
        namespace: 'b',
        labels: {},
        annotations: {},
        resourceVersion: '7',
        managers: [],
      },
      spec: { host: 'h' },
    });
  });
});
