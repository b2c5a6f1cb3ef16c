import type { z } from 'zod';
import { document } from '../schema/document.js';
import { nameText, positiveDurationText } from '../schema/scalars.js';
import { connectionDocument } from './connection-document.js';

export const sourceDocument = document({
  name: nameText.describe('Unique name.'),
  connection: connectionDocument.describe('What kind of backend it is, and how it is reached.'),
  timeout: positiveDurationText.default('10s').describe('How long a query may take.'),
}).meta({
  description: 'A metrics backend beside the clusters’ own.',
  examples: [
    {
      name: 'datadog',
      connection: {
        datadog: {
          site: 'datadoghq.eu',
          apiKey: { secret: 'datadog-api-key' },
          applicationKey: { secret: 'datadog-application-key' },
        },
      },
    },
  ],
});

export type SourceDocument = z.input<typeof sourceDocument>;
