/** `refang schema`. */

import { SCHEMA_NAMES, schemaText } from '../schemas.ts';
import { nearest } from '../source/words.ts';
import { readArguments, UsageError, type Verb } from './verb.ts';

const USAGE = `refang schema [indicators|settings|target]: the JSON Schema of a file, for editors.

  indicators        of indicators.yaml (default)
  settings          of refang.yaml
  target            of target.yaml
`;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { positionals } = readArguments('schema', args, {});
    const [word = 'indicators', ...more] = positionals;
    if (more.length > 0) throw new UsageError('`schema` takes one name', 'see `refang schema --help`');
    const name = SCHEMA_NAMES.find((one) => one === word);
    if (!name) {
      const meant = nearest(word, SCHEMA_NAMES);
      const help = meant ? `did you mean \`${meant}\`?` : 'see `refang schema --help`';
      throw new UsageError(`there is no schema \`${word}\``, help);
    }
    process.stdout.write(schemaText(name));
    return 0;
  },
};
