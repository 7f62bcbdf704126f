/** Target folders from inline texts, and what is said of them. */

import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { VOCABULARY } from '../../compiler/render/check-and-compile.ts';
import { checkTarget } from '../../compiler/targets/check-target.ts';
import type { TargetFolder } from '../../compiler/targets/target.ts';

/** Files by name. */
export function folderOf(files: Readonly<Record<string, string>>, name = 'test'): TargetFolder {
  const sources = Object.entries(files).map(([path, text]) => [path, new SourceFile(path, text)] as const);
  return { name, files: new Map(sources), own: true };
}

/** `RF511 rules.hbs 2:3 "the stretch": message; help` */
export function told({ code, span, message, help }: Diagnostic): string {
  if (!span) return `${code}: ${message}; ${help}`;
  const { line, column } = span.file.position(span.start);
  const stretch = span.file.text.slice(span.start, span.end);
  return `${code} ${span.file.path} ${line}:${column} ${JSON.stringify(stretch)}: ${message}; ${help}`;
}

export function findings(files: Readonly<Record<string, string>>): string[] {
  return checkTarget(folderOf(files), VOCABULARY).diagnostics.map(told);
}

/** A target.yaml of one output with the pass `dns`, and keys of its own. */
export function targetYaml(rest = '', pass = '{takes: [domain]}'): string {
  return `title: Test rules
about: Rules of a test.
effect: detect
syntax: suricata
${rest}outputs:
  - file: rules.txt
    template: rules.hbs
    passes:
      dns: ${pass}
`;
}
