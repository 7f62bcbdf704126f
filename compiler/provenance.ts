/**
 * Says where the files of a build come from: an in-toto Statement v1 with SLSA's Provenance v1
 * (https://slsa.dev/spec/v1.0/provenance). No clock and no machine is in it: the same input gives the same bytes.
 */

import { hexDigest } from './digest/digest.ts';
import { MANIFEST_NAME, type Manifest } from './emit/manifest.ts';
import { BUILD_TYPE, ENVELOPE_NAME, STATEMENT_NAME, STATEMENT_TYPE } from './emit/provenance-files.ts';
import { WriteError } from './emit/write-error.ts';
import type { Project } from './project.ts';
import { LOCK_NAME, SETTINGS_NAME } from './project-root.ts';
import type { ReadySession } from './session.ts';
import { expandGlob, isGlob } from './source/files.ts';
import { findTargets } from './targets/find.ts';
import { EXTENDS } from './targets/target.ts';
import { VERSION } from './version.ts';

/** What in-toto calls a resource descriptor, as far as we use it. */
export interface Resource {
  /** Subjects: relative to the manifest. Dependencies: relative to the project's root. With `/`. */
  name: string;
  digest: { sha256: string };
}

/** A statement about one build. */
export interface Statement {
  _type: typeof STATEMENT_TYPE;
  /** The manifest and all files that it names, by path. */
  subject: readonly Resource[];
  predicateType: 'https://slsa.dev/provenance/v1';
  predicate: {
    buildDefinition: {
      buildType: typeof BUILD_TYPE;
      externalParameters: {
        inputs: readonly string[];
        /** The day that decided validity. */
        asOf: string;
        targets: Readonly<Record<string, { options: Readonly<Record<string, unknown>> }>>;
      };
      /** All files of the project that the build read, by path; the lock as the build left it. */
      resolvedDependencies: readonly Resource[];
    };
    runDetails: { builder: { id: string; version: { refang: string } } };
  };
}

/** What a statement is about. */
export interface ProvenanceRequest {
  session: ReadySession;
  manifest: Manifest;
  /** Of the manifest. */
  text: string;
  /** SHA-256 of the lock after the build; undefined without one. */
  lock: string | undefined;
}

/** How provenance is asked for. */
export interface ProvenanceOptions {
  cwd?: string;
  targets?: readonly string[];
  /** The path of the key, relative to `cwd`. */
  sign?: string;
}

/** Makes the file that tells where a build comes from. Throws WriteError for a key that cannot be used. */
export async function openProvenance({ cwd, targets, sign }: ProvenanceOptions) {
  if (targets) throw new WriteError(ofPart());
  if (sign === undefined)
    return (request: ProvenanceRequest) => ({ path: STATEMENT_NAME, text: textOf(statementOf(request)) });
  const { openPrivateKey, signStatement } = await import('./emit/dsse.ts');
  const key = openPrivateKey(cwd ?? '.', sign);
  return (request: ProvenanceRequest) => ({
    path: ENVELOPE_NAME,
    text: textOf(signStatement(textOf(statementOf(request)), key)),
  });
}

/** The statement about a build. */
export function statementOf({ session, manifest, text, lock }: ProvenanceRequest): Statement {
  const files = manifest.files.map(({ path, sha256 }): Resource => ({ name: path, digest: { sha256 } }));
  const { targets, project, asOf } = session;
  const chosen = targets.map(({ target, options }) => [target.name, { options }] as const);
  return {
    _type: STATEMENT_TYPE,
    subject: byName([...files, resource(MANIFEST_NAME, text)]),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: {
          inputs: project.inputs.map(({ path }) => path),
          asOf,
          targets: Object.fromEntries(chosen),
        },
        resolvedDependencies: dependencies(session, lock),
      },
      runDetails: { builder: { id: `pkg:generic/refang@${VERSION}`, version: { refang: VERSION } } },
    },
  };
}

function dependencies({ project, inputs, targets }: ReadySession, lock: string | undefined): Resource[] {
  const names = targets.map(({ target }) => target.name);
  const read = [SETTINGS_NAME, ...guardLists(project), ...ownTemplates(project, names)];
  const found = read.flatMap((path) => {
    const { bytes } = project.reader.readBytes(path);
    return bytes ? [resource(path, bytes)] : [];
  });
  const locked = lock === undefined ? [] : [{ name: LOCK_NAME, digest: { sha256: lock } }];
  const all = [
    ...inputs.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    ...found,
    ...locked,
  ];
  return byName([...new Map(all.map((one) => [one.name, one])).values()]);
}

/** The paths of the lists that guards look into, relative to the project's root. */
export function guardLists({ settings, reader }: Project): string[] {
  return settings.guards.flatMap(({ pattern }) =>
    isGlob(pattern) ? expandGlob(reader, pattern) : [pattern],
  );
}

/** The project's own templates of these targets, and of those that they extend. */
function ownTemplates({ reader }: Project, names: readonly string[]): string[] {
  const own = findTargets(reader, ['templates']);
  const bases = names.flatMap((name) => {
    const definition = own.get(name)?.paths.get('target.yaml');
    return EXTENDS.exec((definition && reader.read(definition).file?.text) ?? '')?.[1] ?? [];
  });
  return [...new Set([...names, ...bases])].flatMap((name) => [...(own.get(name)?.paths.values() ?? [])]);
}

function resource(name: string, content: string | Uint8Array): Resource {
  return { name, digest: { sha256: hexDigest('sha256', content) } };
}

function byName(resources: Resource[]): Resource[] {
  return resources.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function ofPart() {
  return {
    code: 'RF613',
    severity: 'error',
    message: 'the provenance of a build of some targets cannot be told',
  } as const;
}
