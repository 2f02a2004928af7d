'use strict';
// Reads a Plug and Play model with Microsoft's parser: says how many entities it has, or what is wrong with it.
//   node dtdl.js FILE
const fs = require('fs');
const { createParser, ModelParsingOption } = require('@azure/dtdl-parser');

async function run() {
  const parser = createParser(ModelParsingOption.StrictlyTopLevelInterface ?? 0);
  const model = await parser.parse([fs.readFileSync(process.argv[2], 'utf8')]);
  console.log(`${Object.keys(model).length} entities`);
}

run().catch((error) => {
  const errors = error._parsingErrors || error.parsingErrors || error.errors || [error];
  errors.forEach((one) => console.log(`${one.cause || one.message || one}${one.action ? ` ${one.action}` : ''}`));
  process.exit(1);
});
