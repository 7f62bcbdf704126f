/**
 * Diagnostics as SARIF 2.1.0, for code scanning of GitHub and other viewers.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

import { CODES, type Code, type CodeEntry } from './codes.ts';
import type { CheckedRun, Diagnostic, Fix, Related, Severity, Span } from './diagnostic.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { PLACELESS, positionsOf, wordsOf } from './place.ts';
import { visible } from './visible.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' };

/** The name of our fingerprints, with the version of how they are made (3.27.17). GitHub adds one of its own. */
const FINGERPRINT = 'refangFinding/v1';

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000;
const WEIGHTIEST_FIRST = ['error', 'warning', 'hint'] as const;

/** Files and rules of a run, by what stands for them in results. */
interface Tables {
  rules: readonly Code[];
  /** Paths. */
  artifacts: readonly string[];
}

/** A log of one run, indented by two. Paths are relative to where the command runs: for GitHub, the repository's root. */
export function printSarif(found: readonly Diagnostic[], { version }: CheckedRun): string {
  const diagnostics = found.length > MOST_RESULTS ? weightiest(found) : found;
  const tables = tablesOf(diagnostics);
  const fingerprints = fingerprintsOf(diagnostics);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Refang',
            version,
            semanticVersion: version,
            rules: tables.rules.map(ruleOf),
          },
        },
        // As positions are counted here: YAML ends lines at a lone CR as well.
        columnKind: 'unicodeCodePoints',
        newlineSequences: ['\r\n', '\n', '\r'],
        artifacts: tables.artifacts.map((path) => ({ location: { uri: uriOf(path) } })),
        ...(found.length > MOST_RESULTS && { invocations: [cutShort(found.length)] }),
        results: diagnostics.map((one, at) => resultOf(one, fingerprints[at] as string, tables)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Hints go before warnings do, and those before errors. */
function weightiest(found: readonly Diagnostic[]): Diagnostic[] {
  const ordered = WEIGHTIEST_FIRST.flatMap((severity) => found.filter((one) => one.severity === severity));
  return ordered.slice(0, MOST_RESULTS);
}

/** Says that results are left out (3.20). */
function cutShort(count: number) {
  const text = `${MOST_RESULTS} of ${count} findings are here, the weightiest: code scanning takes no more`;
  const notification = { level: 'warning', message: { text } };
  return { executionSuccessful: true, toolExecutionNotifications: [notification] };
}

/** The codes and files that occur, sorted. */
function tablesOf(diagnostics: readonly Diagnostic[]): Tables {
  const rules = new Set(diagnostics.map(({ code }) => code));
  const artifacts = new Set(diagnostics.flatMap(pathsOf));
  return { rules: [...rules].sort(), artifacts: [...artifacts].sort() };
}

function pathsOf({ span, related = [], fix }: Diagnostic): string[] {
  const spans = [...related.map((one) => one.span), ...(fix?.edits.map((edit) => edit.span) ?? [])];
  return [span?.file.path ?? PLACELESS, ...spans.map(({ file }) => file.path)];
}

/** Severity belongs to a finding and not to its code, so there is no `defaultConfiguration`: every result has a level. */
function ruleOf(code: Code) {
  const { name, title, why, help }: CodeEntry = CODES[code];
  const reason = why === '' ? [] : [`Why: ${why}.`];
  const mend = help === '' ? [] : [`Help: ${help}.`];
  return {
    id: code,
    name: name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: messageText(title) },
    fullDescription: { text: messageText([title, ...reason].join(' ')) },
    help: {
      text: messageText([title, ...reason, ...mend].join(' ')),
      markdown: [title, ...reason, ...mend].join('\n\n'),
    },
  };
}

function resultOf(diagnostic: Diagnostic, fingerprint: string, tables: Tables) {
  const { code, severity, span, label, related = [], fix } = diagnostic;
  const place = placeOf(span, tables);
  return {
    ruleId: code,
    ruleIndex: tables.rules.indexOf(code),
    level: LEVELS[severity],
    message: { text: messageText(wordsOf(diagnostic)) },
    locations: [{ ...place, ...(label !== undefined && { message: { text: messageText(visible(label)) } }) }],
    ...(related.length > 0 && { relatedLocations: related.map((one, at) => relatedOf(one, at, tables)) }),
    ...(fix && { fixes: [fixOf(fix, tables)] }),
    partialFingerprints: { [FINGERPRINT]: fingerprint },
  };
}

function relatedOf({ span, message }: Related, at: number, tables: Tables) {
  return { id: at + 1, ...placeOf(span, tables), message: { text: messageText(visible(message)) } };
}

/** What has no place is put at the first line of the settings: code scanning refuses a result without a place. */
function placeOf(span: Span | undefined, tables: Tables) {
  const artifactLocation = artifactOf(span?.file.path ?? PLACELESS, tables);
  return { physicalLocation: { artifactLocation, region: span ? regionOf(span) : { startLine: 1 } } };
}

/** The end is exclusive in SARIF too (3.30.8). */
function regionOf(span: Span) {
  const { start, end } = positionsOf(span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Edits of one file are one change (3.55). */
function fixOf({ description, edits }: Fix, tables: Tables) {
  const paths = [...new Set(edits.map(({ span }) => span.file.path))];
  return {
    description: { text: messageText(visible(description)) },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactOf(path, tables),
      replacements: edits
        .filter(({ span }) => span.file.path === path)
        .map(({ span, text }) => ({ deletedRegion: regionOf(span), insertedContent: { text } })),
    })),
  };
}

function artifactOf(path: string, { artifacts }: Tables) {
  return { uri: uriOf(path), index: artifacts.indexOf(path) };
}

/** A relative reference of RFC 3986: of each segment, all but unreserved characters are percent-encoded. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

/** Viewers read `{0}` as a placeholder (3.11.5) and `[text](target)` as a link (3.11.6): inputs must make neither. */
function messageText(text: string): string {
  const literal = text.replaceAll('{', '{{').replaceAll('}', '}}');
  return literal.includes('](') ? literal.replaceAll('[', '\\[') : literal;
}
