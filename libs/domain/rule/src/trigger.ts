/**
 * How far what a delivery tells of has come. Each provider's own words are
 * brought to these, so that a rule does not care who sends.
 */
export const triggerStatuses = ['created', 'running', 'success', 'failure', 'cancelled'] as const;

export type TriggerStatus = (typeof triggerStatuses)[number];

/**
 * What a delivery says, whoever sent it. What it does not say is absent; a rule
 * that asks for it then does not match.
 */
export interface Trigger {
  /** In the provider's own words: `deployment_status`, `pipeline`, `io.spillway.deployed`. */
  readonly event: string;
  readonly status: TriggerStatus;
  /** `acme/catalog`. */
  readonly repository?: string;
  readonly environment?: string;
  /** `ghcr.io/acme/catalog:v2`, with its digest where it is known. */
  readonly image?: string;
  readonly branch?: string;
  /** Of git, not of the image. */
  readonly tag?: string;
  /** Of the commit. */
  readonly sha?: string;
  /** `namespace/name`, where the sender knows it. */
  readonly service?: string;
  readonly version?: string;
}
