/** What templates may use: fields by place, helpers, and the places of each language. */

import { KINDS } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { HELPERS } from '../../compiler/render/helpers/helpers.ts';
import { LANGUAGES } from '../../compiler/render/languages/languages.ts';
import { definitionFrom } from '../../compiler/targets/definition.ts';
import {
  CONTEXT_FIELDS,
  FILE_FIELDS,
  fileScope,
  IDENTITY_FIELDS,
  indicatorScope,
  passScope,
  type Scope,
} from '../../compiler/targets/fields.ts';
import { TARGET_SCHEMA } from '../../compiler/targets/schema.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** A target of every shape, to ask for the names that each place knows. */
const ANY_TARGET = definitionFrom(
  TARGET_SCHEMA.parse({
    title: 'Any',
    about: 'Any',
    effect: 'detect',
    syntax: 'line',
    outputs: [
      {
        file: 'a',
        template: 'a.hbs',
        passes: {
          grouped: { takes: [], group: 'context' },
          merged: { takes: [], merge: true },
          report: { takes: [], group: 'report' },
          actor: { takes: [], group: 'actor' },
        },
      },
    ],
  }),
);

function own(scope: Scope, ...without: readonly Scope[]): Scope {
  return Object.fromEntries(
    Object.entries(scope).filter(([name]) => without.every((other) => !Object.hasOwn(other, name))),
  );
}

function fieldTable(scope: Scope): string {
  const rows = Object.entries(scope).flatMap(([name, field]): string[][] => {
    const inner = field.type !== 'value' && field.of ? Object.entries(field.of) : [];
    const form = field.type === 'value' ? '' : field.type;
    return [
      [`\`${name}\``, form, field.about],
      ...inner.map(([key, { type, about }]) => [
        `\`${name}\` → \`${key}\``,
        type === 'value' ? '' : type,
        about,
      ]),
    ];
  });
  return markdownTable(['name', 'form', 'holds'], rows);
}

/** The page. */
export function templatesPage(): string {
  const [output] = ANY_TARGET.outputs;
  const [grouped, merged, report, actor] = output?.passes ?? [];
  if (!output || !grouped || !merged || !report || !actor)
    throw new Error('the target above has four passes');
  const everywhere = fileScope(ANY_TARGET);
  const sections: [string, string, Scope][] = [
    ['Everywhere', 'Known at every depth inside an entry, and at the top of a template.', everywhere],
    ['In an entry', 'What an indicator, or all indicators of a grouped rule, share.', CONTEXT_FIELDS],
    ['In an indicator', 'In a pass without `group`, and in the lists of a group.', indicatorScope([])],
    [
      'In a group',
      'In a pass with `group: context`; also a list for each kind it takes, named like the kind.',
      own(passScope(ANY_TARGET, output, grouped), everywhere, CONTEXT_FIELDS),
    ],
    [
      'In an interval',
      'In a pass with `merge: true`, instead of the above.',
      own(passScope(ANY_TARGET, output, merged), everywhere),
    ],
    [
      'In the entry of a report',
      'In a pass with `group: report`, instead of the above. What no report names has an entry with an empty `key`.',
      own(passScope(ANY_TARGET, output, report), everywhere),
    ],
    [
      'In the entry of an actor',
      'In a pass with `group: actor`; also for the actors that one is linked to.',
      own(passScope(ANY_TARGET, output, actor), everywhere),
    ],
    ['Of a file', 'With `by: tier`, `parts` and `serial` of the output.', FILE_FIELDS],
    ['Identity', 'In an entry of a target with `identity`.', IDENTITY_FIELDS],
  ];
  const fields = sections.map(([title, about, scope]) => `## ${title}\n\n${about}\n\n${fieldTable(scope)}`);
  return `${GENERATED}# Templates\n\n${INTRO}\n${fields.join('\n')}\n${kindFields()}\n${helpers()}\n${languages()}`;
}

const INTRO = `Templates are [Handlebars](https://handlebarsjs.com/) files. \`{{value}}\` is escaped for the \`syntax\` of the target;
\`{{{value}}}\` is not and is refused in the targets of Refang. The blocks are \`{{#each list}}\`, \`{{#if …}}\`,
\`{{#unless …}}\` and \`{{else}}\`; \`@index\`, \`@first\`, \`@last\` and \`../\` work as usual. \`{{> name}}\` includes
\`name.hbs\` of the same folder. Each pass of the output has one \`{{#each pass}}\` at the top of the template, which may
stand inside \`{{#if pass}}\`; it is streamed, one entry at a time. A name that a place does not know is an error when the
template is loaded. A partial knows the names of the place where it is used. Before \`{{\`, write \`\\\\\` for one backslash:
Handlebars takes one away.
`;

function kindFields(): string {
  const rows = KINDS.flatMap((kind) =>
    Object.entries(KIND_MODULES[kind].fields).map(([name, about]) => [`\`${kind}\``, `\`${name}\``, about]),
  );
  return `## Fields of each kind\n\n${markdownTable(['kind', 'name', 'holds'], rows)}`;
}

function helpers(): string {
  const rows = Object.entries(HELPERS).map(
    ([
      name,
      {
        about,
        params: [least, most],
      },
    ]) => [`\`${name}\``, arity(least, most), about],
  );
  return `## Helpers\n\nWhat a helper returns is escaped like any value.\n\n${markdownTable(['name', 'arguments', 'does'], rows)}`;
}

function arity(least: number, most: number): string {
  if (least === most) return String(least);
  return Number.isFinite(most) ? `${least}–${most}` : `${least} or more`;
}

function languages(): string {
  const rows = [...LANGUAGES.values()].flatMap(({ name, text, places }) => [
    [`\`${name}\``, '`{{value}}`', text.about],
    ...Object.entries(places).map(([place, { about }]) => [`\`${name}\``, `\`{{${place} value}}\``, about]),
  ]);
  return `## Languages and their places\n\n${markdownTable(['syntax', 'write', 'where'], rows)}`;
}
