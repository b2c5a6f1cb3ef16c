import { randomUUID } from 'node:crypto';
import type { TracingSettings } from '@spillway/adapter-telemetry';
import { CodedError } from '@spillway/kernel';
import type { Environment } from './environment.js';

/**
 * What OpenTelemetry's own variables say, which are named alike in every program. Absent: no
 * collector is named, or nothing is to be sent to it.
 */
export function tracingOf(env: Environment): TracingSettings | undefined {
  const endpoint = endpointOf(env);
  const share = shareOf(env);
  if (endpoint === undefined || share === 0 || env.OTEL_SDK_DISABLED) return undefined;
  return {
    endpoint,
    headers: pairsOf('OTEL_EXPORTER_OTLP_HEADERS', env.OTEL_EXPORTER_OTLP_HEADERS),
    timeoutMs: env.OTEL_EXPORTER_OTLP_TIMEOUT,
    serviceName: env.OTEL_SERVICE_NAME,
    instance: randomUUID(),
    resource: {
      ...pairsOf('OTEL_RESOURCE_ATTRIBUTES', env.OTEL_RESOURCE_ATTRIBUTES),
      'spillway.role': env.SPILLWAY_ROLE,
    },
    share,
  };
}

/** One for traces is taken as it is; one for all signals has a path for each. */
function endpointOf(env: Environment): string | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = env;
  if (traces !== undefined) return traces;
  return all === undefined ? undefined : `${all.replace(/\/+$/, '')}/v1/traces`;
}

/** A release's trace has no parent, so it is the same with `parentbased_` as without. */
function shareOf({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share }: Environment) {
  if (sampler.endsWith('always_off')) return 0;
  return sampler.endsWith('traceidratio') ? share : 1;
}

/** `api-key=abc,team=shop`: names and values as in a URL. */
function pairsOf(setting: string, text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  try {
    return Object.fromEntries(
      pairs.map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [decodeURIComponent(name.trim()), decodeURIComponent(value.join('=').trim())];
      }),
    );
  } catch (cause) {
    throw new CodedError(
      'INVALID_CONFIGURATION',
      `${setting}: there is a "%" in it that begins no character.`,
      'Write name=value,name=value, and %25 for a percent sign.',
      { cause },
    );
  }
}
