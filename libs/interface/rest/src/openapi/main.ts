/** Writes the contract that clients are generated from: `node main.js <file>`. */
import { writeFile } from 'node:fs/promises';
import { openApiDocument } from './document.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Say where to write the document: node main.js sdk/openapi.json\n');
  process.exitCode = 2;
} else {
  await writeFile(file, `${JSON.stringify(await openApiDocument(), null, 2)}\n`);
}
