/** The comment of a pull request that cannot be compared, from what `refang diff` said on standard error. */

import { text } from 'node:stream/consumers';

/** GitHub takes 65,536 characters in a comment. */
const MOST = 60_000;

const told = (await text(process.stdin)).trimEnd();
// Whole findings, which blank lines divide.
const cut = told.length > MOST ? told.slice(0, told.lastIndexOf('\n\n', MOST)) : told;
const rest = cut === told ? '' : '\nThere is more than a comment holds: the log of the step has all.\n';

// The fence is longer than any run of backticks in what it holds, so nothing in it is Markdown.
const longest = Math.max(2, ...Array.from(cut.matchAll(/`+/g), ([run]) => run.length));
const fence = '`'.repeat(longest + 1);

process.stdout.write(`<!-- refang-diff -->
### Refang: nothing can be compared

What changes in the output cannot be told:

${fence}text
${cut}
${fence}
${rest}`);
