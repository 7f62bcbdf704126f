/** The format of `feeds`: where a list of indicators is, how to read it, and what is known of all in it. */

import * as z from 'zod/mini';
import { KINDS } from '../../indicators/kind.ts';
import { contextShape } from '../context-schema.ts';
import { once, optional, refused, text, titled, words } from '../schema-parts.ts';

const { allow: _, ...cellShape } = contextShape;

/** The keys that a column of a CSV feed can hold. A cell is one value, so none that takes a map. */
export const COLUMN_KEYS = [...KINDS, ...(Object.keys(cellShape) as (keyof typeof cellShape)[])] as const;

/** How the lines of a feed are read. */
const format = () =>
  words({
    list: 'One value a line, of the kind that `kind` names.',
    hosts: 'Lines `0.0.0.0 name`, as in /etc/hosts.',
    csv: 'A header, then records. `*.tsv` has tabs for commas.',
    ndjson: 'A JSON object a line, with the keys of a record.',
  });

const feedShape = () => ({
  path: titled(
    text,
    'Path',
    'The file, relative to this one, with `/`; it may not leave the project. `*.gz` is gunzipped.',
  ),
  format: titled(
    format(),
    'Format',
    '`list`: one value a line, up to a tab; `#` at the start or after a blank begins a comment. `hosts`: lines `0.0.0.0 name`. `csv`: a header, then records; `*.tsv` has tabs for commas. `ndjson`: a JSON object a line, with the keys of a record.',
  ),
  kind: optional(z.enum(KINDS), 'Kind', 'What each value of a `list` is. Those of `hosts` are domain names.'),
  columns: z.optional(
    titled(
      z.partialRecord(z.enum(COLUMN_KEYS), text),
      'Columns',
      'Of `csv`: the column that holds each key, such as `{domain: C2 Domain}`; others are not read. Without it each column has the name of a key.',
    ),
  ),
});

/** One feed of `feeds`. */
export const feedSchema = once(() =>
  titled(
    z.strictObject({ ...feedShape(), ...contextShape }).check(
      refused(
        ({ format, kind }) => format !== 'list' || kind !== undefined,
        'RF702',
        'the feed has no `kind`',
      ),
      refused(
        ({ format, kind }) => format !== 'hosts' || kind === undefined || kind === 'domain',
        'RF702',
        'a feed in hosts format has names alone: `kind` can only be `domain`',
      ),
      refused(
        ({ format, kind }) => kind === undefined || format === 'list' || format === 'hosts',
        'RF702',
        '`kind` is not used: each record names its kinds',
      ),
      refused(
        ({ format, columns }) => columns === undefined || format === 'csv',
        'RF702',
        '`columns` is not used: only `csv` has columns',
      ),
    ),
    'Feed',
    'A list of indicators in a file of its own, and what is known of all of them. What a record of `csv` or `ndjson` says beats it; lists unite.',
  ),
);

/** A feed as it is written. */
export type FeedSource = z.infer<ReturnType<typeof feedSchema>>;
