import { register } from 'node:module';

// For `node --import`: child processes of tests run the sources, without a build.
register('./typescript-hooks.mjs', import.meta.url);
