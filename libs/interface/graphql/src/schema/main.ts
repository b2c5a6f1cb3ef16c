/** Writes the schema for those who generate clients from it: `node main.js <file>`. */
import { writeFile } from 'node:fs/promises';
import { printedSchema } from './printed.js';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Say where to write the schema: node main.js schema.graphql\n');
  process.exitCode = 2;
} else {
  await writeFile(file, printedSchema());
}
