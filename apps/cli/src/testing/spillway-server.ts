export { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
