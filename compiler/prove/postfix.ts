/** Postfix (to come). */
import { type Engine, INSTALL_ALL, loadReport } from './engine.ts';
export const postfix: Engine = {
  name: 'postfix',
  async find() { return { available: false, why: 'to come', install: INSTALL_ALL }; },
  async load() { return loadReport('postfix', '', '', []); },
};
