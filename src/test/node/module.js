'use strict';
// A second module on Microsoft's azure-iot-device as it is: answers methods, follows its twin, prints its inputs, and
// sends what comes on standard input to the output OUTPUT. One JSON object a line on standard output. Ends with its input.
//   EdgeHubConnectionString=… EdgeModuleCACertificateFile=… node module.js [OUTPUT]     or with the IOTEDGE_* variables
const readline = require('readline');
const { Message, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const output = process.argv[2] || 'alerts';
const say = (line) => console.log(JSON.stringify(line));

async function run() {
  const client = await ModuleClient.fromEnvironment(Mqtt);
  client.on('error', (error) => say({ error: error.message }));
  await client.open();
  client.on('inputMessage', (input, message) => {
    const properties = message.properties.propertyList.reduce((all, { key, value }) => ({ ...all, [key]: value }), {});
    say({ input, body: message.getData().toString(), properties });
    client.complete(message, (error) => error && say({ error: error.message }));
  });
  client.onMethod('echo', (request, response) => {
    response.send(200, { from: 'node', echo: request.payload }, (error) => error && say({ error: error.message }));
  });
  const twin = await client.getTwin();
  twin.on('properties.desired', (desired) => say({ desired }));
  await new Promise((resolve, reject) => {
    twin.properties.reported.update({ runtime: 'node' }, (error) => (error ? reject(error) : resolve()));
  });
  say({ ready: true });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const message = new Message(line);
    message.contentType = 'application/json';
    message.contentEncoding = 'utf-8';
    message.properties.add('sender', 'node');
    await client.sendOutputEvent(output, message);
    say({ sent: line });
  }
  await client.close();
  process.exit(0);
}

run().catch((error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(1);
});
