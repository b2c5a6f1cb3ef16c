import type { SecretView } from '../secret/secret-view.js';
import type { SourceView } from './source-view.js';

export const secretExample: SecretView = {
  name: 'datadog-api-key',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
};

export const sourceExample: SourceView = {
  name: 'datadog',
  connection: {
    datadog: {
      site: 'datadoghq.eu',
      apiKey: { secret: 'datadog-api-key' },
      applicationKey: { secret: 'datadog-application-key' },
    },
  },
  timeout: '10s',
  createdAt: '2026-01-05T09:01:00.000Z',
  updatedAt: '2026-01-05T09:01:00.000Z',
};
