import type { MetricQuestion } from '@spillway/application';
import { renderQuery, type RenderedQuery } from '@spillway/domain-analysis';
import { formatDuration, splitServiceName, type ClusterName, type Version } from '@spillway/kernel';

/** Whom a template is filled in for. */
export interface TemplateSubject {
  readonly cluster: ClusterName;
  readonly version: Version;
}

/** Fills in a template as PromQL. */
export function renderTemplate(
  template: string,
  { service, window }: Pick<MetricQuestion, 'service' | 'window'>,
  { cluster, version }: TemplateSubject,
): RenderedQuery {
  const { namespace, name } = splitServiceName(service.service);
  return renderQuery(template, {
    namespace: escapeLabelValue(namespace),
    service: escapeLabelValue(name),
    version: escapeLabelValue(version),
    cluster: escapeLabelValue(cluster),
    window: formatDuration(window),
    windowSeconds: String(Math.round(window / 1_000)),
  });
}

/** For a quoted label value: nothing in it can end the quotes. */
const escapeLabelValue = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
