/** Preloaded into the playground: when its launcher dies, even by SIGKILL, the channel closes. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
