'use strict';
// Looks at files by the published schemas in src/test/resources/schemas: one line for each mistake, none for a good file.
//   node validate.js iotedge-template|iotedge-deployment|devcontainer|kubernetes FILE…
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv').default;
const Ajv2019 = require('ajv/dist/2019').default;
const AjvDraft04 = require('ajv-draft-04').default;
const YAML = require('yaml');

const SCHEMAS = path.join(__dirname, '../resources/schemas');
const OPTIONS = { strict: false, allErrors: true, validateFormats: false };
const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const schema = (name) => json(path.join(SCHEMAS, `${name}.json`));

function iotEdge(name) {
  const ajv = new AjvDraft04(OPTIONS);
  ['azure-iot-edgeagent-deployment-1.1', 'azure-iot-edgehub-deployment-1.1'].forEach((one) => ajv.addSchema(schema(one)));
  const check = ajv.compile(schema(name));
  return (file) => mistakes(file, check, json(file));
}

function devContainer() {
  const check = new Ajv2019(OPTIONS).compile(schema('devContainer.base.schema'));
  return (file) => mistakes(file, check, json(file));
}

/** Kubernetes reads YAML 1.1, where 0440 is a number with the base 8. */
function kubernetes() {
  const { kinds, ...definitions } = schema('kubernetes');
  const ajv = new Ajv(OPTIONS).addSchema(definitions);
  return (file) => {
    const documents = YAML.parseAllDocuments(fs.readFileSync(file, 'utf8'), { version: '1.1', merge: false });
    return documents.flatMap((document, n) => {
      const where = `${file}, document ${n + 1}`;
      if (document.errors.length > 0) {
        return document.errors.map((error) => `${where}: ${error.message}`);
      }
      const object = document.toJS() || {};
      const kind = `${object.apiVersion} ${object.kind}`;
      const check = kind in kinds && ajv.getSchema(`kubernetes${kinds[kind]}`);
      return check
        ? mistakes(`${where} (${object.kind})`, check, object)
        : [`${where}: ${kind} is none of ${Object.keys(kinds).join(', ')}`];
    });
  };
}

function mistakes(file, check, content) {
  return check(content)
    ? []
    : check.errors.map(({ instancePath, message, params }) => `${file}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
}

const CHECKS = {
  'iotedge-template': () => iotEdge('azure-iot-edge-deployment-template-3.0'),
  'iotedge-deployment': () => iotEdge('azure-iot-edge-deployment-2.0'),
  devcontainer: devContainer,
  kubernetes,
};

const [kind, ...files] = process.argv.slice(2);
if (!(kind in CHECKS) || files.length === 0) {
  console.error(`usage: node validate.js ${Object.keys(CHECKS).join('|')} FILE…`);
  process.exit(2);
}
const found = files.flatMap(CHECKS[kind]());
found.forEach((mistake) => console.log(mistake));
process.exit(found.length > 0 ? 1 : 0);
