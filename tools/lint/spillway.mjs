/**
 * Lint rules of our own, for what no ready rule can say.
 *
 * no-ambient-time: time and chance come in as arguments in kernel, domain and application. A
 * decision that reads the clock itself can be neither replayed nor simulated. The compiler walls
 * those folders off from Node, but Date and Math belong to the language, so it lets them pass.
 */
const banned = new Set(['Date.now', 'Math.random', 'performance.now']);

const noAmbientTime = {
  create: (context) => ({
    MemberExpression(node) {
      const name = `${node.object.name}.${node.property.name ?? node.property.value}`;
      if (banned.has(name)) {
        context.report({
          node,
          message: `${name} reads the world. Take the value as an argument.`,
        });
      }
    },
    NewExpression(node) {
      if (node.callee.name === 'Date' && node.arguments.length === 0) {
        context.report({ node, message: 'new Date() reads the clock. Take an Instant instead.' });
      }
    },
    CallExpression(node) {
      if (node.callee.name === 'Date') {
        context.report({ node, message: 'Date() reads the clock. Take an Instant instead.' });
      }
    },
  }),
};

export default { meta: { name: 'spillway' }, rules: { 'no-ambient-time': noAmbientTime } };
