/** `refang verify`. */

import { type VerifyReport, verify } from '../verify.ts';
import { colorsFor, printForPeople } from './report.ts';
import { readArguments, readChoice, UsageError, type Verb } from './verb.ts';

const USAGE = `refang verify [DIR]: compare a folder with the manifest that its build wrote, and with its provenance.

  DIR               the folder (default: \`out\` of refang.yaml, or out)
  --key FILE        a public key in PEM: the provenance must be signed by it
  --format WORD     text (default) or json

Exits with 0 when all is as it was written, 1 when not, 2 when DIR is no folder that a build wrote, 3 for a key that
cannot be used.
`;

const OPTIONS = { key: { type: 'string' }, format: { type: 'string' } } as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('verify', args, OPTIONS);
    const format = readChoice('format', values.format, ['text', 'json']);
    const [folder, ...more] = positionals;
    if (more.length > 0) throw new UsageError('`verify` takes one folder', 'see `refang verify --help`');
    const report = await verify({
      ...(folder !== undefined && { folder }),
      ...(values.key !== undefined && { key: values.key }),
    });
    if (format === 'json') process.stdout.write(await jsonOf(report));
    if (report.failed) {
      await printForPeople([report.failed]);
      return report.failed.code === 'RF612' ? 3 : 2;
    }
    if (format === 'text') await tell(report);
    return isFine(report) ? 0 : 1;
  },
};

function isFine({ failed, findings }: VerifyReport): boolean {
  return !failed && findings.every(({ severity }) => severity === 'hint');
}

const SIGNATURE = {
  none: '',
  unsigned: '; provenance, not signed',
  signed: '; provenance, its signature not checked: give `--key`',
  verified: '; provenance, signed by the given key',
} as const;

async function tell(report: VerifyReport): Promise<void> {
  await printForPeople(report.findings);
  if (!isFine(report)) return;
  const { green } = colorsFor('stderr');
  const count = report.manifest?.files.length;
  process.stderr.write(
    `${green('as written')}: \`${report.folder}\`, ${count} files${SIGNATURE[report.provenance]}\n`,
  );
}

async function jsonOf(report: VerifyReport): Promise<string> {
  const { entryOf } = await import('../diagnostics/print-json.ts');
  const { folder, failed, manifest, provenance } = report;
  const findings = failed
    ? [entryOf(failed)]
    : report.findings.map((finding) => ({ path: finding.path, ...entryOf(finding) }));
  const files = manifest?.files.length ?? 0;
  const value = { folder, fine: isFine(report), files, provenance, findings };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
