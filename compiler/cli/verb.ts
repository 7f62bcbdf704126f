/** What a verb of the command line is, and how its arguments are read. */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isDay } from '../indicators/day.ts';
import { choices, nearest } from '../source/words.ts';

/** A command, such as `build`. */
export interface Verb {
  /** The help text, ending in a line break. */
  usage: string;
  /** Returns the exit code: 0 fine, 1 findings, 2 bad input, 3 bad usage or configuration. */
  run(args: readonly string[]): Promise<number>;
}

/** A mistake on the command line. */
export class UsageError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and positional arguments. Throws UsageError for an option that is unknown or lacks its value. */
export function readArguments<O extends Options>(verb: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(verb, error, Object.keys(options));
  }
}

/** What Node says of arguments, in our words. */
function usageError(verb: string, error: unknown, options: readonly string[]): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const [option = ''] = /--?[\w-]+/.exec(message) ?? [];
  const see = `see \`refang ${verb} --help\``;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const meant = nearest(option.replace(/^-+/, ''), options);
    return new UsageError(
      `\`${verb}\` has no option \`${option}\``,
      meant ? `did you mean \`--${meant}\`?` : see,
    );
  }
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return error;
  const needs = message.includes('does not take') ? 'takes no value' : 'needs a value';
  return new UsageError(`\`${option}\` ${needs}`, see);
}

/** The value of `--as-of`, or undefined. Throws UsageError for what is not a day. */
export function readDay(value: string | undefined): string | undefined {
  if (value === undefined || isDay(value)) return value;
  throw new UsageError(`\`${value}\` is not a day`, 'write `--as-of` as YYYY-MM-DD');
}

/** The value of an option that takes one of some words. */
export function readChoice<W extends string>(
  option: string,
  value: string | undefined,
  words: readonly W[],
): W {
  const found = words.find((word) => word === (value ?? words[0]));
  if (found) return found;
  throw new UsageError(`\`--${option}\` cannot be \`${value}\``, `write ${choices(words)}`);
}
