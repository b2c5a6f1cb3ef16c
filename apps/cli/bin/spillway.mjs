#!/usr/bin/env node
/**
 * npm links a bin when it installs, and only if it is there. dist is built later, so this file,
 * which is always there, stands for it.
 */
import { existsSync } from 'node:fs';

const entry = new URL('../dist/main.js', import.meta.url);

if (existsSync(entry)) {
  await import(entry.href);
} else {
  console.error('spillway: not built yet.\n  next:  run "npm run build" in the workspace');
  process.exitCode = 1;
}
