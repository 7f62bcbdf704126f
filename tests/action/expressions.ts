/** Expressions of workflows, `${{ … }}`, by GitHub's own evaluator. */

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What the names of an expression stand for: `inputs`, `steps`, `github` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the steps before went. */
export type Status = 'success' | 'failure';

function functions(status: Status) {
  const answer = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  return [
    answer('success', status === 'success'),
    answer('failure', status === 'failure'),
    answer('always', true),
    answer('cancelled', false),
  ];
}

function evaluated(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
  const known = functions(status);
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), known).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(known.map((one) => [one.name, one]))).evaluate();
}

/** A text with its expressions replaced. Throws where one is not right. */
export function interpolate(text: string, contexts: Contexts, status: Status = 'success'): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) =>
    evaluated(expression, contexts, status).coerceString(),
  );
}

/** Whether a step runs: one that names no status runs only after success. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status === 'success';
  const bare = condition.replace(/^\$\{\{(.*)\}\}$/s, '$1').trim();
  if (status === 'failure' && !/\b(?:always|failure|cancelled)\(\)/.test(bare)) return false;
  const value = evaluated(bare, contexts, status);
  return !(value instanceof data.Null) && !['false', '0', ''].includes(value.coerceString());
}
