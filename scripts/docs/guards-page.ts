/** What guards are, for users, with the consequences as the plan has them. */

import type { GuardHit } from '../../compiler/guard/guard.ts';
import { consequenceOf } from '../../compiler/plan/consequence.ts';
import { DEFAULT_LIMITS } from '../../compiler/source/guard-settings.ts';
import { grouped } from '../../compiler/source/words.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** Guards of which the plan thinks alike. */
const CLASSES: readonly [title: string, guard: string, strength: GuardHit['strength']][] = [
  ['`special-use`', 'special-use', 'always'],
  ['`public-suffix`, `bare-tld`, `harmless-hash`, `blast-radius`', 'public-suffix', 'always'],
  ['`public-resolver`, `well-known`', 'well-known', 'known'],
  ['warning lists', 'list', 'listed'],
  ['your own lists', 'list', 'own'],
];
const RELATIONS = ['exact', 'under', 'contains'] as const;
const EFFECTS = ['detect', 'hunt', 'block', 'share'] as const;

/** The page `docs/guards.md`. */
export function guardsPage(): string {
  const rows = CLASSES.flatMap(([title, guard, strength]) =>
    RELATIONS.map((relation) => [
      title,
      relation,
      ...EFFECTS.map((effect) => consequenceOf({ guard, strength, relation }, effect)),
    ]),
  );
  const table = markdownTable(['guard', 'relation', ...EFFECTS], rows);
  return `${GENERATED}# Guards\n\n${INTRO}\n## Which there are\n\n${GUARDS}\n${RELATION_TEXT}\n${CONSEQUENCES}\n${table}\n${USE}`;
}

const INTRO = `A guard speaks against an indicator whose rule would hit bystanders. \`refang check\` tells hits at the indicator, with
the list and the reason: as warnings, or as hints where the indicator only lies under what is listed, of which it tells the
first ones and counts the rest. Most guards are always on; lists are added in \`refang.yaml\`.
`;

const GUARDS = markdownTable(
  ['guard', 'speaks against'],
  [
    [
      '`special-use`',
      'addresses and names that the registries reserve: private networks, documentation, multicast, `.test`',
    ],
    [
      '`public-suffix`',
      'names below which anyone can register: `co.uk`, and those of hosting and dynamic-DNS providers, such as `myds.me`. `lengmo.myds.me` lies under one, and is told but not held back',
    ],
    ['`bare-tld`', 'a top-level domain alone'],
    ['`harmless-hash`', 'hashes of the empty file and of other contents that harm no one'],
    ['`public-resolver`', 'resolvers that anyone may use, such as `9.9.9.9`'],
    [
      '`well-known`',
      'names and networks whose blocking is an outage: search, mail, clouds, delivery networks, updates, certificates, time. The list is kept by hand, with a reason on each line',
    ],
    ['`blast-radius`', 'networks that are wider than `limits.blast_radius`'],
    ['the name of a list’s file', 'what a warning list, or a list of your own, holds'],
  ],
);

const RELATION_TEXT = `## Exact, under, contains

- **exact**: the indicator is what is listed. So is a name below a provider's own (\`mail.google.com\` below \`google.com\`), and
  an address in a network of the well-known list, where each address serves everyone.
- **under**: it lies under a listed name or in a listed network, as a customer's site under its hosting provider does. So does
  a URL on a listed host and an e-mail address at a listed provider: \`someone@gmail.com\` is never a rule on \`gmail.com\`.
- **contains**: it is a network that holds a listed address, or a name that takes listed names along.

Of the entries of one guard the nearest counts.
`;

const CONSEQUENCES = `## What follows

| | |
| --- | --- |
| refuse | no entry; the fate is \`withheld\`, with the reason \`guard:<name>\` |
| watch | no entry that blocks. A target with the tier \`watch\` only logs it there; another one withholds it |
| inform | it is told, and changes nothing |

By the effect of the target; of several hits the strictest counts:
`;

const USE = `## Lists

\`\`\`yaml
guards:
  - warninglists/*.json          # lists in the format of the MISP warning lists
  - {allow: our-own.txt}         # what is yours, or what you must not block
\`\`\`

Paths are relative to \`refang.yaml\`. A warning list is compared as its \`type\` says (\`string\`, \`hostname\`, \`cidr\`, \`substring\`,
\`regex\`), with the kinds of indicators that its \`matching_attributes\` name. Its guard has the name of the file without its
ending, or of the folder for \`tranco10k/list.json\`.

A list of your own has a domain, a network or an address on each line, and comments behind \`#\`. A domain stands for the names
below it too. Lines are never matched as text: \`example.com\` does not stand for \`badexample.com\`.

\`\`\`text
example.com            # our own domain
203.0.113.0/24         # our offices
\`\`\`

## Accepting a hit

A record, a feed or \`defaults\` of \`indicators.yaml\` accepts the hits of one guard:

\`\`\`yaml
indicators:
  - domain: 1ds[.]me
    allow:
      guard: tranco10k
      reason: popular only because of the campaign itself
      owner: Example CERT
      until: 2026-12-31          # the last day; without it, for good
\`\`\`

An override that has ended is told as a warning, and the guard speaks again. Several are written as a list.

## How much rules may cover

\`\`\`yaml
limits:
  blast_radius: ${DEFAULT_LIMITS.blastRadius}        # addresses that one network may hold
  addresses: ${DEFAULT_LIMITS.addresses}        # addresses that all networks of a blocking target may hold together
\`\`\`

These are the defaults (${grouped(DEFAULT_LIMITS.blastRadius)} and ${grouped(DEFAULT_LIMITS.addresses)}). In IPv6 a /64 counts as one address. A wider network is a hit of the guard
\`blast-radius\`; more than \`addresses\` fails the build. \`refang explain VALUE\` tells which guards spoke of an indicator, and what
became of it in each target. [settings.md](settings.md) has every key of \`refang.yaml\`.
`;
