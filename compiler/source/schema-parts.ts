/** Pieces that the schemas share. Each brings the code of the diagnostic that its refusal becomes. */

import * as z from 'zod/mini';
import type { Code } from '../diagnostics/codes.ts';
import { isDay } from '../indicators/day.ts';

/** Makes something when it is first asked for: most commands need few of the schemas, and each takes time to be made. */
export function once<T>(make: () => T): () => T {
  let made: { whole: T } | undefined;
  return () => {
    made ??= { whole: make() };
    return made.whole;
  };
}

/** A test of ours. `{value}` in the message becomes the value in backquotes. */
export function refused<T>(test: (value: T) => boolean, code: Code, message: string) {
  return z.refine<T>(test, { error: message, params: { code } });
}

/** What editors show for a schema. */
export function titled<S extends z.ZodMiniType>(schema: S, title: string, description: string): S {
  return schema.check(z.meta({ title, description })) as S;
}

/** One of some words, each with what it means: editors show that beside it. */
export function words<W extends string>(meanings: Readonly<Record<W, string>>) {
  const enumDescriptions = Object.values<string>(meanings);
  return z
    .enum(Object.keys(meanings) as [W, ...W[]])
    .check(z.meta({ enumDescriptions, markdownEnumDescriptions: enumDescriptions }));
}

/** Options of `z.toJSONSchema`: editors read `description` as plain text and `markdownDescription` as it is meant. */
export const EDITOR_SCHEMA = {
  target: 'draft-2020-12',
  io: 'input',
  override: ({ jsonSchema }: { jsonSchema: { description?: string; markdownDescription?: unknown } }) => {
    const { description } = jsonSchema;
    if (description && /[`*_[]/.test(description)) jsonSchema.markdownDescription = description;
  },
} as const;

/** A key that may be left out. */
export function optional<S extends z.ZodMiniType>(schema: S, title: string, description: string) {
  return z.optional(titled(schema, title, description));
}

/** One, or a list of them. */
export function oneOrList<S extends z.ZodMiniType>(schema: S) {
  return z.union([schema, z.array(schema).check(z.minLength(1))]);
}

/** Blanks and what no one can see: control characters, and those that turn the direction of text. */
const UNSEEN = /^[\s\p{Cc}\p{Cf}]+$/u;

/** Text that is not empty. Targets write it as one line without blanks around it, and so would lose a blank one. */
export const text = z.string().check(
  z.minLength(1),
  refused((value) => !UNSEEN.test(value), 'RF209', '{value} holds nothing that can be seen'),
);

/** A day of the calendar. */
export const day = z
  .string()
  .check(
    refused(isDay, 'RF206', '{value} is not a day of the form YYYY-MM-DD'),
    z.meta({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  );

const ID = /^[a-z0-9][a-z0-9._-]*$/;

/** An id that users choose: it stands in rules and in names of files. */
export const id = z.string().check(
  refused((value) => ID.test(value), 'RF219', '{value} is not an id'),
  z.meta({ pattern: ID.source }),
);

/**
 * Behind the scheme: a host of letters, digits, `-`, `_` and dots, or an address in brackets; a port; and anything but
 * blanks, control characters, and what turns the direction of text.
 */
const LINK =
  /^https?:\/\/(?:[^\s\x00-,/:-@[-^`{-\x9f\u202a-\u202e\u2066-\u2069]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][^\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*)?$/;

/** The address of a page for people. */
export const link = z.string().check(
  refused((value) => LINK.test(value), 'RF220', '{value} is not a link'),
  z.meta({ format: 'uri', pattern: '^https?:\\/\\/[^\\s]+$' }),
);

const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;

/** The id of an ATT&CK technique. */
export const technique = z.string().check(
  refused((value) => TECHNIQUE.test(value), 'RF207', '{value} is not the id of an ATT&CK technique'),
  z.meta({ pattern: TECHNIQUE.source }),
);

/** From 0 to 100. */
export const confidence = z.int().check(z.gte(0), z.lte(100));
