/** The structure of a Sigma rule, as the JSON schema of Sigma specification 2 has it, checked by `jsonschema`. */

import type { Problem } from '../../engine.ts';
import { run, unexplained } from '../../process.ts';

const text = { type: 'string' };
const name = { type: 'string', maxLength: 256 };
const uuid = { type: 'string', format: 'uuid' };
const day = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$' };
const uniqueList = (items: object) => ({ type: 'array', uniqueItems: true, items });
const oneOf = (...words: string[]) => ({ type: 'string', enum: words });

/** The specification's constraints in our words; keys it does not know are left to `sigma check`. */
const RULE = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['title', 'logsource', 'detection'],
  properties: {
    title: name,
    id: uuid,
    name,
    taxonomy: name,
    related: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'type'],
        properties: { id: uuid, type: oneOf('derived', 'obsolete', 'merged', 'renamed', 'similar') },
      },
    },
    status: oneOf('stable', 'test', 'experimental', 'deprecated', 'unsupported'),
    level: oneOf('informational', 'low', 'medium', 'high', 'critical'),
    description: { type: 'string', maxLength: 65535 },
    license: text,
    author: text,
    date: day,
    modified: day,
    references: uniqueList(text),
    fields: uniqueList(text),
    falsepositives: uniqueList({ type: 'string', minLength: 2 }),
    scope: { type: 'array', items: { type: 'string', minLength: 2 } },
    tags: uniqueList({ type: 'string', pattern: '^[a-z0-9_-]+\\.[a-z0-9._-]+$' }),
    logsource: {
      type: 'object',
      properties: { category: text, product: text, service: text, definition: text },
    },
    detection: {
      type: 'object',
      required: ['condition'],
      properties: { condition: text },
      additionalProperties: {
        anyOf: [{ type: 'object' }, { type: 'array', items: { type: ['string', 'integer', 'object'] } }],
      },
    },
  },
};

/**
 * Arguments: the schema, then files. Prints a JSON object a fault. Dates stay strings, as the schema wants them,
 * where YAML 1.1 makes them dates. The line is that of the value, or of what surrounds it where it is missing.
 */
const PROGRAM = `
import json, sys, jsonschema, yaml

DATE = "tag:yaml.org,2002:timestamp"

class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != DATE]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

def find(node, path):
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node

checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
validator = jsonschema.Draft202012Validator(json.loads(sys.argv[1]), format_checker=checker)
for file in sys.argv[2:]:
    with open(file, encoding="utf-8") as stream:
        loader = Loader(stream)
        while loader.check_node():
            node = loader.get_node()
            for error in validator.iter_errors(loader.construct_document(node)):
                mark = find(node, error.absolute_path).start_mark
                fault = {"file": file, "line": mark.line + 1, "column": mark.column + 1}
                print(json.dumps(fault | {"message": f"{error.json_path}: {error.message}"}))
`;

/** Checks rules against the schema with the given Python, which must have `jsonschema` and `PyYAML`. */
export async function checkSigmaSchema(python: string, files: readonly string[]): Promise<Problem[]> {
  const finished = await run(python, ['-c', PROGRAM, JSON.stringify(RULE), ...files]);
  const faults = finished.stdout.split('\n').filter((line) => line !== '');
  const problems = faults.map((line): Problem => ({ ...JSON.parse(line), severity: 'error' }));
  if (finished.status !== 0) problems.push(unexplained('the JSON schema check', finished));
  return problems;
}
