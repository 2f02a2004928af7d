'use strict';
// Prints the documents of a YAML file, read as Kubernetes reads them, as one JSON array.
//   node yaml-to-json.js FILE
const fs = require('fs');
const YAML = require('yaml');

const documents = YAML.parseAllDocuments(fs.readFileSync(process.argv[2], 'utf8'), { version: '1.1' });
console.log(JSON.stringify(documents.map((document) => document.toJS())));
