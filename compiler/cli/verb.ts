/** What a verb of the command line is, and how its arguments are read. */

import { type ParseArgsConfig, parseArgs } from 'node:util';

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

/** Options and positional arguments. Throws UsageError for an option that is unknown or has no value. */
export function readArguments<O extends Options>(verb: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const message = (text.split('. To specify')[0] as string)
      .replace(/^(Unknown|Option)/, (word) => word.toLowerCase())
      .replaceAll("'", '`');
    throw new UsageError(message, `see \`refang ${verb} --help\``);
  }
}

/** The value of `--as-of`, or undefined. Throws UsageError for what is not a day. */
export function readDay(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
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
  throw new UsageError(
    `\`--${option}\` cannot be \`${value}\``,
    `write ${words.map((word) => `\`${word}\``).join(', ')}`,
  );
}
