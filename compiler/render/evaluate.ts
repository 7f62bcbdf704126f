/** Turns compiled templates from JavaScript source into code that runs, as Handlebars' own `compile` does. */

import type { Code, CompiledTemplates, Piece } from './template.ts';

/** Templates compiled in this process. The source is Handlebars' own output for templates of the project. */
export function evaluateTemplates(compiled: CompiledTemplates<string>): CompiledTemplates {
  return {
    templates: mapValues(compiled.templates, (pieces) => pieces.map(evaluatePiece)),
    partials: mapValues(compiled.partials, evaluate),
    paths: mapValues(compiled.paths, evaluate),
  };
}

function evaluate(source: string): Code {
  return new Function(`return ${source}`)() as Code;
}

function evaluatePiece(piece: Piece<string>): Piece {
  switch (piece.type) {
    case 'text':
      return { type: 'text', code: evaluate(piece.code) };
    case 'each':
      return { ...piece, code: evaluate(piece.code), otherwise: piece.otherwise.map(evaluatePiece) };
    case 'if':
      return { ...piece, body: piece.body.map(evaluatePiece), otherwise: piece.otherwise.map(evaluatePiece) };
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
