/** Handlebars' runtime, without its compiler; its own type declaration is empty. */

import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';

export default runtime as unknown as typeof Handlebars;
