/** Turns compiled templates from JavaScript source into code that runs, as Handlebars' own `compile` does. */

import type { TemplateFactory } from './template.ts';

/** The source is what `compileTemplates` made of templates in this process. */
export function evaluateTemplates(source: string): TemplateFactory {
  return new Function(`return ${source}`)() as TemplateFactory;
}
