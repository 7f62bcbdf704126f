/** A target that was found, checked and set up: ready to plan and render. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import type { PolicySetting } from '../source/policy-setting.ts';
import type { OptionValue, TargetDefinition } from './definition.ts';
import type { RawTargetDefinition } from './schema.ts';

/** The files of a target's folder that make up the target: target.yaml and the templates, by name. */
export interface TargetFolder {
  name: string;
  files: ReadonlyMap<string, SourceFile>;
  /** A target that the user added; false for one of ours, overridden or not. */
  own: boolean;
}

/** Under this name a folder that extends another has the target.yaml of the other. */
export const BASE_DEFINITION = 'extends.yaml';

/** The line that names another target; found without a YAML reader, which a build with the shipped templates spares. */
export const EXTENDS = /^extends:[ \t]*([a-z0-9-]+)[ \t]*$/m;

/** A target whose folder holds together. */
export interface Target {
  name: string;
  raw: RawTargetDefinition;
  definition: TargetDefinition;
  /** The `*.hbs` files, by name. */
  templates: ReadonlyMap<string, SourceFile>;
}

/** A target with what refang.yaml says of it. */
export interface ChosenTarget {
  target: Target;
  /** The values of its options. */
  options: Readonly<Record<string, OptionValue>>;
  /** Its own policy, over that of its effect. */
  policy: PolicySetting;
}

/** Names of targets are names of folders and the first word of every rule's key. */
export const TARGET_NAME = /^[a-z0-9][a-z0-9-]*$/;
