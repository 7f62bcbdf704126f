/** The options of a target: what refang.yaml gives, over what target.yaml has as defaults. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { choices, enumerated, nearest } from '../source/words.ts';
import type { OptionDefinition, OptionValue } from './definition.ts';
import type { Target } from './target.ts';

/** The last number of a range: sids have 32 bits, and Suricata refuses 4294967295. */
const RANGE_END = 4_294_967_294;

/** Options as refang.yaml gives them: plain values of YAML, and where each and its name stand. */
export type GivenOptions = ReadonlyMap<string, { value: unknown; span: Span; key: Span }>;

/** All options of a target with their values, or what is wrong with those given. */
export function chooseOptions(
  target: Target,
  given: GivenOptions,
): { options: Record<string, OptionValue>; diagnostics: Diagnostic[] } {
  const definitions = target.definition.options;
  const options = Object.fromEntries(
    Object.entries(definitions).map(([name, option]) => [name, option.default]),
  );
  const diagnostics: Diagnostic[] = [];
  for (const [name, { value, span, key }] of given) {
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    const wrong = definition ? problemOf(definition, value) : unknownOption(target, name);
    const at = definition ? span : key;
    if (wrong) diagnostics.push({ code: 'RF502', severity: 'error', span: at, ...wrong(name) });
    else options[name] = value as OptionValue;
  }
  return { options, diagnostics };
}

/** A mistake, worded for an option of that name. */
export type Problem = (name: string) => { message: string; help: string };

function unknownOption(target: Target, name: string): Problem {
  const known = Object.keys(target.definition.options);
  const meant = nearest(name, known);
  const help = meant
    ? `did you mean \`${meant}\`?`
    : known.length > 0
      ? `its options are ${enumerated(known)}`
      : 'it has no options';
  return () => ({ message: `the target \`${target.name}\` has no option \`${name}\``, help });
}

/** What is wrong with a value of an option, if anything; called with the name that the message gives it. */
export function problemOf(option: OptionDefinition, value: unknown): Problem | undefined {
  const wanted = wantedType(option, value);
  if (wanted) return (name) => ({ message: `\`${name}\` must be ${wanted}`, help: option.about });
  if (option.enum && !option.enum.includes(value as OptionValue)) {
    const allowed = choices(option.enum);
    return (name) => ({ message: `\`${name}\` cannot be \`${String(value)}\``, help: `write ${allowed}` });
  }
  if (option.pattern && !new RegExp(`^(?:${option.pattern})$`).test(String(value))) {
    return (name) => ({
      message: `\`${name}\` cannot be \`${String(value)}\``,
      help: `it must match \`${option.pattern}\`: ${option.about}`,
    });
  }
  return undefined;
}

function wantedType({ type }: OptionDefinition, value: unknown): string | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? undefined : 'text';
    case 'number':
      return typeof value === 'number' ? undefined : 'a number';
    case 'flag':
      return typeof value === 'boolean' ? undefined : '`true` or `false`';
    case 'range': {
      const [first, last] = Array.isArray(value) && value.length === 2 ? value : [];
      const ok = Number.isInteger(first) && Number.isInteger(last) && first > 0 && first <= last;
      return ok && last <= RANGE_END
        ? undefined
        : `a list of two whole numbers, first and last, from 1 to ${RANGE_END}`;
    }
  }
}
