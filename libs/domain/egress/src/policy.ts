/** `observe` writes the allow-list and blocks nothing; `enforce` lets the namespace reach nothing else. */
export type EgressMode = 'observe' | 'enforce';

/** What a cluster should have of a policy: `off` when it is no longer one of the policy's clusters. */
export type WantedMode = EgressMode | 'off';

export const egressProtocols = ['HTTP', 'HTTP2', 'GRPC', 'HTTPS', 'TLS', 'TCP'] as const;
export type EgressProtocol = (typeof egressProtocols)[number];

/**
 * `NONE` sends to the address that the caller found, as it did before anybody
 * looked, and is the only one for wildcards. `DNS` lets the proxy find it.
 */
export const egressResolutions = ['NONE', 'DNS'] as const;
export type EgressResolution = (typeof egressResolutions)[number];

export interface EgressPort {
  readonly number: number;
  readonly protocol: EgressProtocol;
}

/** Hosts that a namespace may reach, and who answers for it. */
export interface AllowedEgress {
  readonly hosts: readonly string[];
  readonly ports: readonly EgressPort[];
  readonly owner: string;
  readonly reason: string;
  readonly resolution: EgressResolution;
}

/** What a namespace may reach outside the mesh, in one cluster. */
export interface WantedEgress {
  readonly namespace: string;
  readonly mode: WantedMode;
  readonly allow: readonly AllowedEgress[];
}
