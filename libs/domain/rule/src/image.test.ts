import { expect, it } from '@jest/globals';
import { imageParts } from './image.js';

const sha = `sha256:${'0'.repeat(64)}`;

it.each([
  ['catalog', { repository: 'catalog', name: 'catalog' }],
  ['acme/catalog:v2', { repository: 'acme/catalog', name: 'catalog', tag: 'v2' }],
  ['localhost:5000/catalog', { repository: 'localhost:5000/catalog', name: 'catalog' }],
  [
    `ghcr.io/acme/catalog:v2@${sha}`,
    { repository: 'ghcr.io/acme/catalog', name: 'catalog', tag: 'v2', digest: sha },
  ],
  [`catalog@${sha}`, { repository: 'catalog', name: 'catalog', digest: sha }],
])('takes %s apart', (image, parts) => {
  expect(imageParts(image)).toEqual(parts);
});
