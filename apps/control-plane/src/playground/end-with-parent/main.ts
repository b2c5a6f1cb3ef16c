/**
 * Loaded before a command of the playground, which hands it a channel. A killed
 * playground cannot end its commands, and one that watches a release would wait
 * minutes for it to come back; the channel closes however it ended.
 */
process.once('disconnect', () => process.exit(1));
// Listening keeps the process running, and the command must end by itself.
process.channel?.unref();
