import { installIfNeeded } from './install.mjs';
import { say } from './workspace.mjs';

await installIfNeeded();
say('node_modules is what package-lock.json asks for.');
