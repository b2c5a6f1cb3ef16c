import { readFileSync } from 'node:fs';
import { parseSafelist, type Safelist } from '@spillway/interface-graphql/safelist';
import { CodedError } from '@spillway/kernel';
import type { Environment } from './environment.js';

export interface GraphqlSettings {
  readonly introspection: 'callers' | 'roles' | 'nobody';
  /** Absent: every operation is answered that the limits allow. */
  readonly safelist?: Safelist;
}

/** On loopback whoever has the token may look around; elsewhere it takes a role. */
export function graphqlOf(env: Environment, isLoopback: boolean): GraphqlSettings {
  const file = env.SPILLWAY_GRAPHQL_SAFELIST;
  return {
    introspection: env.SPILLWAY_GRAPHQL_INTROSPECTION ?? (isLoopback ? 'callers' : 'roles'),
    ...(file === undefined ? {} : { safelist: parseSafelist(readList(file)) }),
  };
}

function readList(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CodedError(
      'INVALID_CONFIGURATION',
      `SPILLWAY_GRAPHQL_SAFELIST: "${file}" cannot be read.`,
      'Name a file with the operations of your applications that this process may read.',
      { cause },
    );
  }
}
