/** What programs read of the formats of `check`: strict, and as each format's own definition has it. */

import { readFileSync } from 'node:fs';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm';

/** A workflow command as the runner of GitHub Actions reads it back. */
export interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/** Reads commands a line; throws for a line that is none. */
export function readCommands(text: string): Command[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .slice(0, -1)
    .map((line) => {
      const [, name, pairs, data] = /^::(error|warning|notice) ((?:(?!::).)*)::(.*)$/u.exec(line) ?? [];
      if (name === undefined || pairs === undefined || data === undefined)
        throw new Error(`no command: ${line}`);
      const entries = pairs.split(',').map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), unescapeCommand(pair.slice(at + 1))];
      });
      return { name, properties: Object.fromEntries(entries), data: unescapeCommand(data) };
    });
}

function unescapeCommand(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

/** As much of SARIF as tests look at. */
export interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: {
    physicalLocation: {
      artifactLocation: { uri: string; index: number };
      region: { startLine: number; startColumn?: number; endLine?: number; endColumn?: number };
    };
  }[];
  partialFingerprints: Record<string, string>;
}

export interface SarifRun {
  tool: { driver: { rules: { id: string; name: string; help: { text: string } }[] } };
  artifacts: { location: { uri: string } }[];
  results: SarifResult[];
}

// A pattern of the published schema is no regular expression in Unicode mode.
const ajv = new Ajv.default({ strict: false, unicodeRegExp: false, allErrors: true });
addFormats.default(ajv);
const validateSarif = ajv.compile(sarifSchema);

/** The run of a log; throws for what the published schema refuses. */
export function readSarif(text: string): SarifRun {
  const log = JSON.parse(text) as { runs: [SarifRun] };
  if (!validateSarif(log)) throw new Error(ajv.errorsText(validateSarif.errors));
  return log.runs[0];
}

/** What a viewer shows of a message: placeholders and links are resolved, of which there must be none. */
export function shownOf(message: string): string {
  if (/(?<!\\)\[[^\]]*\]\(/.test(message)) throw new Error(`a link in ${message}`);
  const literal = message.replace(/\{\{|\}\}|[{}]/g, (braces) => {
    if (braces.length === 1) throw new Error(`a placeholder in ${message}`);
    return braces.charAt(0);
  });
  return literal.replaceAll('\\[', '[');
}

export interface JunitCase {
  suite: string;
  name: string;
  failure?: { message: string; type: string; text: string };
  output?: string;
}

const XSD = new URL('schemas/jenkins-junit.xsd', import.meta.url);

/** The cases of a report; throws for what is not well-formed, or refused by the schema of Jenkins, or counted wrongly. */
export function readJunit(text: string): JunitCase[] {
  using schema = XmlDocument.fromString(readFileSync(XSD, 'utf8'));
  using validator = XsdValidator.fromDoc(schema);
  using document = XmlDocument.fromString(text);
  validator.validate(document);
  const cases = elements(document.root, 'testsuite').flatMap((suite) => {
    const found = elements(suite, 'testcase').map((one) => caseOf(attribute(suite, 'name'), one));
    checkCounts(suite, found);
    return found;
  });
  checkCounts(document.root, cases);
  return cases;
}

function caseOf(suite: string, element: XmlElement): JunitCase {
  const [failure] = elements(element, 'failure');
  const [output] = elements(element, 'system-out');
  return {
    suite,
    name: attribute(element, 'name'),
    ...(failure && {
      failure: {
        message: attribute(failure, 'message'),
        type: attribute(failure, 'type'),
        text: failure.content,
      },
    }),
    ...(output && { output: output.content }),
  };
}

function checkCounts(element: XmlElement, cases: readonly JunitCase[]): void {
  const counts = [attribute(element, 'tests'), attribute(element, 'failures')].join(' ');
  const real = `${cases.length} ${cases.filter(({ failure }) => failure).length}`;
  if (counts !== real) throw new Error(`counts say ${counts}, there are ${real}`);
}

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.find(name) as XmlElement[];
}

function attribute(element: XmlElement, name: string): string {
  const found = element.attr(name);
  if (!found) throw new Error(`no ${name}`);
  return found.value;
}
