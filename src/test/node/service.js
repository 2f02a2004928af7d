'use strict';
// Microsoft's azure-iothub as it is, against the service side of a local edge (or of IoT Hub itself).
//   node service.js method DEVICE MODULE NAME PAYLOAD     prints {"status": …, "payload": …}
//   node service.js patch  DEVICE MODULE PATCH            prints the twin afterwards
//   node service.js twin   DEVICE MODULE                  prints the twin
// MODULE "-" means the device itself. Wants SERVICE_CONNECTION_STRING, and for another port than 443
// SERVICE_ENDPOINT=host:port. NODE_EXTRA_CA_CERTS names the CA of the local edge.
const https = require('https');
const { Client, Registry } = require('azure-iothub');

const connectionString = process.env.SERVICE_CONNECTION_STRING;
const [, port] = (process.env.SERVICE_ENDPOINT || '').split(':');
const [act, device, moduleName, ...rest] = process.argv.slice(2);
const moduleId = moduleName === '-' ? undefined : moduleName;

if (!connectionString || !device || !moduleName) {
  console.error('usage: SERVICE_CONNECTION_STRING=… [SERVICE_ENDPOINT=host:port] node service.js method|patch|twin DEVICE MODULE …');
  process.exit(2);
}
if (port) {
  // the client knows no other port than the default one of the agents that it makes
  https.Agent = class extends https.Agent {
    constructor(options) {
      super(options);
      this.defaultPort = Number(port);
    }
  };
}

async function twin() {
  const registry = Registry.fromConnectionString(connectionString);
  return (moduleId ? await registry.getModuleTwin(device, moduleId) : await registry.getTwin(device)).responseBody;
}

async function run() {
  if (act === 'method') {
    const [methodName, payload = '{}'] = rest;
    const params = { methodName, payload: JSON.parse(payload), responseTimeoutInSeconds: 30, connectTimeoutInSeconds: 10 };
    const client = Client.fromConnectionString(connectionString);
    const answer = moduleId
      ? await client.invokeDeviceMethod(device, moduleId, params)
      : await client.invokeDeviceMethod(device, params);
    return answer.result;
  }
  if (act === 'patch') {
    const current = await twin();
    await current.update({ properties: { desired: JSON.parse(rest[0]) } });
  } else if (act !== 'twin') {
    throw new Error(`unknown: ${act}`);
  }
  const { deviceId, moduleId: id, connectionState, properties } = await twin();
  return { deviceId, moduleId: id, connectionState, desired: properties.desired, reported: properties.reported };
}

run().then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exit(1);
  });
