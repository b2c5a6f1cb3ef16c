export { startControlPlane, type ControlPlane } from './control-plane.js';
export { environment } from './config/environment.js';
export { loadConfig, type Config } from './config/load-config.js';
