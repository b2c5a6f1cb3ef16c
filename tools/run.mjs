import { spawn } from 'node:child_process';
import { childEnv, inRoot, root } from './workspace.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end and resolves with its exit code (128 + signal number when it was
 * killed, as a shell has it). `quiet` keeps the output for the caller instead of showing it.
 */
export function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd, env: childEnv(env), stdio });
    const kept = [];
    const forward = (signal) => child.kill(signal);
    forwarded.forEach((signal) => process.on(signal, forward));
    child.stdout?.on('data', (chunk) => kept.push(chunk));
    child.stderr?.on('data', (chunk) => kept.push(chunk));
    const end = (code, extra = '') => {
      forwarded.forEach((signal) => process.off(signal, forward));
      resolve({ code, output: Buffer.concat(kept).toString() + extra });
    };
    child.on('error', (error) => end(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => end(code ?? 128 + signalNumber(signal)));
  });
}

/** A program of node_modules, run without npx: npx may go to the network when it finds nothing. */
export const runModule = (file, args, options) =>
  run(process.execPath, [inRoot('node_modules', file), ...args], options);

const signalNumber = (signal) => ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 })[signal] ?? 0;
