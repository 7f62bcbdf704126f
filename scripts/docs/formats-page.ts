/** What pipelines get from Refang, for users, with what the formats print of a small file. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MACHINE_FORMATS, type MachineFormat, printFormat } from '../../compiler/diagnostics/formats.ts';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import told from '../../compiler/diagnostics/told-examples.json' with { type: 'json' };
import { check, VERSION } from '../../compiler/index.ts';
import { DEFAULT_LIMITS } from '../../compiler/source/guard-settings.ts';
import { GENERATED } from './markdown.ts';

const SAMPLE = `refang: 1
defaults: {status: active, confidence: 80, severity: high, tlp: clear}
indicators:
  - ip: 192.0.2.300
`;

/** A section: what the format is for, and how a pipeline takes it. */
interface Section {
  title: string;
  language: string;
  text: string;
}

const SECTIONS: Readonly<Record<MachineFormat, Section>> = {
  concise: {
    title: 'For editors and grep',
    language: 'text',
    text: 'A line for each finding. Columns count characters, as in all formats.',
  },
  json: {
    title: 'For programs of your own',
    language: 'json',
    text: 'An array with all that is known of each finding. `offset` counts UTF-16 units.',
  },
  github: {
    title: 'GitHub annotations',
    language: 'text',
    text: `Workflow commands, which become annotations of the pull request. Errors come first. GitHub shows ten of each level of a
step; where there are more, the first line says how many, and the log has all.

\`\`\`yaml
- run: npx refang check --format github
\`\`\``,
  },
  gitlab: {
    title: 'GitLab Code Quality',
    language: 'json',
    text: `The report of the merge request's widget. A fingerprint is made of code, path and message, not of the line, so a finding that
moves is not a new one.

\`\`\`yaml
refang:
  script: npx refang check --format gitlab > gl-code-quality-report.json
  artifacts:
    when: always
    reports: {codequality: gl-code-quality-report.json}
\`\`\``,
  },
  sarif: {
    title: 'SARIF',
    language: 'json',
    text: `SARIF 2.1.0, for code scanning of GitHub and viewers of editors: places, related places, mends, and what each code means.
Paths are relative to where the command runs; for GitHub that must be the root of the repository.

\`\`\`yaml
- run: npx refang check --format sarif > refang.sarif
- uses: github/codeql-action/upload-sarif@v3     # needs \`permissions: {security-events: write}\`
  if: always()
  with: {sarif_file: refang.sarif, category: refang}
\`\`\``,
  },
  junit: {
    title: 'JUnit XML',
    language: 'xml',
    text: `A suite for each file, a case for each finding; a file without a finding has one that passes. Hints pass too. \`refang prove
--format junit\` has the same form.

\`\`\`yaml
refang:
  script: npx refang check --format junit > refang.xml
  artifacts: {when: always, reports: {junit: refang.xml}}
\`\`\``,
  },
};

/** The page `docs/formats.md`. */
export async function formatsPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'refang-docs-'));
  try {
    writeFileSync(join(folder, 'refang.yaml'), 'targets: [csv]\n');
    writeFileSync(join(folder, 'indicators.yaml'), SAMPLE);
    const { diagnostics } = (await check({ cwd: folder, asOf: '2026-01-01' })).session;
    const run = { version: VERSION, files: ['indicators.yaml'] };
    const sections: string[] = [];
    for (const format of MACHINE_FORMATS) {
      const { title, language, text } = SECTIONS[format];
      const output = fenced(language, await printFormat(format, diagnostics, run));
      sections.push(`## ${title}: \`--format ${format}\`\n\n${text}\n\n${output}`);
    }
    return `${GENERATED}${INTRO}${fenced('yaml', SAMPLE)}\n${fenced('text', printPretty(diagnostics))}\n${sections.join('\n')}\n${GATES}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}

const INTRO = `# Formats and gates

What a pipeline runs, what it reads, and what stops it.

\`refang check --format WORD\` prints findings to stdout, and nothing else goes there; without \`--format\` they go to stderr, for
people. Each format is whole when there is nothing to tell, and when the project cannot even be opened. Exit codes are the
same in all: 0 fine, 1 warnings, 2 errors in the indicators, 3 errors in settings or templates; hints change none. What
has no place in a file is put at the first line of \`refang.yaml\` where a format wants a place.

What is shown below is what Refang prints of this file:

`;

const example = (code: keyof typeof told): string => fenced('text', told[code].join('\n'));

const GATES = `## Gates

### The output is stale

\`refang build --check\` writes nothing. It exits with 1 and names each file that is not what a build would write: \`missing\`,
\`differs\`, or \`no longer made\`; \`refang.lock\` too.

### A build takes much away

A feed that breaks looks like one whose indicators are over. A build therefore writes nothing at all, tells RF607 for each
target, and exits with 1, when a target

- would say nothing, where the build before did;
- would block nothing, where the build before did in a file for that tier;
- would lose five or more of its indicators, and more than \`limits.shrink\` of them (default: ${DEFAULT_LIMITS.shrink}).

What is counted are the fates of \`out/manifest.json\`: emitted, covered and approximated, since what is covered is still
matched. \`1\` leaves only the first two.

${example('RF607')}
\`refang build --allow-shrink\` writes all the same, once. A first build, a new target and one that \`refang.yaml\` no longer names
are never stopped.

### Reports are old

\`\`\`yaml
freshness: {warn_after: 180, error_after: 365}       # days; off by default
\`\`\`

Indicators of status \`active\` claim to be in use. RF414 tells each report with active ones that are older than that on the day
\`--as-of\`: as old as the day they were last seen (\`last_seen\`), else as their latest report. A warning is a finding of
\`refang check\`; an error stops builds too. Historical and revoked indicators claim nothing, and one of no report is not
judged: \`policy.lifetimes\` ends those.

${example('RF414')}
### Nothing may be lost

\`--strict\` of \`check\` and \`build\` tells RF608 for each target that withholds, approximates or cannot say an indicator, with the
reasons counted, and exits with 1. \`build\` writes all the same.

${example('RF608')}`;
