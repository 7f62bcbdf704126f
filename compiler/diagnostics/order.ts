/** Diagnostics taken together: their order, the line that sums them up, and whether one of them is an error. */

import type { Diagnostic, Severity } from './diagnostic.ts';

/** By file, then by place. What has no place comes first; what stands at one place keeps its order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.span?.file.path ?? '', b.span?.file.path ?? '') ||
      compare(a.span?.start ?? -1, b.span?.start ?? -1) ||
      compare(a.span?.end ?? -1, b.span?.end ?? -1),
  );
}

/** Whether a diagnostic refuses the input. */
export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** "3 errors, 1 warning in 2 files", or an empty text where there is nothing. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const counts = (['error', 'warning', 'hint'] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
  const files = new Set(diagnostics.flatMap((one) => (one.span ? [one.span.file.path] : []))).size;
  const where = files > 0 ? ` in ${counted(files, 'file')}` : '';
  return counts.length > 0 ? counts.join(', ') + where : '';
}

function counted(count: number, what: Severity | 'file'): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Code units, not the locale's order. */
function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
