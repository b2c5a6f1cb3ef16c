/**
 * Preloaded into the playground, which leads a process group of its own. When the launcher dies,
 * even by SIGKILL, the channel to it closes: then the playground ends as if it had been asked to,
 * and takes along whatever it started.
 */
const patienceMs = 15_000;

process.on('disconnect', () => {
  process.on('exit', () => endGroup('SIGTERM'));
  setTimeout(() => endGroup('SIGKILL'), patienceMs).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();

function endGroup(signal) {
  try {
    process.kill(-process.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
