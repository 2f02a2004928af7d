'use strict';
// Makes src/test/resources/schemas/kubernetes.json of the description that Kubernetes publishes of its API:
//   node kubernetes-schema.js swagger.json >../resources/schemas/kubernetes.json
// Keeps the kinds that docs/kubernetes uses and what they are made of, without descriptions, and makes them strict: the
// API server drops fields that it does not know, here they are mistakes.
const fs = require('fs');

const KINDS = ['v1 ConfigMap', 'v1 Secret', 'v1 Service', 'v1 PersistentVolumeClaim', 'apps/v1 Deployment'];
// the description calls both text, the server takes numbers as well
const NUMBER_OR_TEXT = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'] },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['number', 'string'] },
};
const KEPT = ['$ref', 'type', 'items', 'properties', 'additionalProperties', 'required', 'enum'];

const { definitions } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const kept = {};

function strict(schema) {
  const made = {};
  for (const key of KEPT.filter((one) => one in schema)) {
    made[key] = schema[key];
  }
  if (made.$ref) {
    keep(made.$ref.replace('#/definitions/', ''));
  }
  if (made.items) {
    made.items = strict(made.items);
  }
  if (typeof made.additionalProperties === 'object') {
    made.additionalProperties = strict(made.additionalProperties);
  }
  if (made.properties) {
    made.properties = Object.fromEntries(Object.entries(made.properties).map(([name, value]) => [name, strict(value)]));
    made.additionalProperties = made.additionalProperties ?? false;
  }
  return made;
}

function keep(name) {
  if (!(name in kept)) {
    kept[name] = {};
    kept[name] = NUMBER_OR_TEXT[name] || strict(definitions[name]);
  }
}

const kinds = {};
for (const [name, definition] of Object.entries(definitions)) {
  for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] || []) {
    const known = `${group ? `${group}/` : ''}${version} ${kind}`;
    if (KINDS.includes(known)) {
      keep(name);
      kept[name].required = [...new Set([...(kept[name].required || []), 'apiVersion', 'kind', 'metadata'])];
      kinds[known] = `#/definitions/${name}`;
    }
  }
}
const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
const lines = Object.entries(sorted).map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`);
console.log(`{"$schema":"http://json-schema.org/draft-07/schema#","$id":"kubernetes","kinds":${JSON.stringify(kinds)},"definitions":{`);
console.log(`${lines.join(',\n')}\n}}`);
