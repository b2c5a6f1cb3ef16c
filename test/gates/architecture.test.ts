import { expect, it } from '@jest/globals';
import { foldersIn, readRoot } from './workspace.js';

/** docs/architecture.md is the map: a folder that is not on it will be searched for in vain. */
it('docs/architecture.md names every folder of the top two levels', () => {
  const map = readRoot('docs/architecture.md');
  const top = foldersIn('.').filter((folder) => !folder.startsWith('.'));
  const second = top.flatMap(foldersIn).filter((folder) => !folder.endsWith('/src'));
  const folders = [...top, ...second];
  expect(folders.filter((folder) => !map.includes(`${folder}/`))).toEqual([]);
});
