/** What `refang --help` prints. */

export const USAGE = `refang compiles threat intelligence into detections.

  refang build   [FILE…]   compile indicators.yaml into out/
  refang check   [FILE…]   find mistakes; with --fix, mend what can be mended
  refang fmt     [FILE…]   one layout and spelling; comments stay
  refang diff              what changes in the output since a commit, in which target, and why
  refang prove   [FILE…]   show the engines what the rules must match and must not
  refang explain WHAT      what becomes of an indicator, and why; what a rule is for; what a code means
  refang targets [NAME]    what can be built
  refang verify  [DIR]     compare a built folder with its manifest and its provenance
  refang init    [DIR]     start a project: sample indicators, settings, a pipeline
  refang schema  [NAME]    the JSON Schema of a file, for editors

  refang COMMAND --help    the options of a command
  refang --version         the version

Exit codes: 0 fine, 1 findings, 2 bad input, 3 bad usage or configuration, 70 a fault of Refang.
`;
