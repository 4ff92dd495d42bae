// Loaded before docket: whatever reaches for the network leaves a mark, and gets nothing.
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');

function sing(what) {
  appendFileSync(process.env.CANARY_FILE, `${what}\n`);
  throw new Error(`the network was reached for: ${what}`);
}

net.Socket.prototype.connect = () => sing('connect');
net.Server.prototype.listen = () => sing('listen');
dgram.createSocket = () => sing('datagram');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = () => sing(`dns ${name}`);
  dns.promises[name] = () => sing(`dns ${name}`);
}
globalThis.fetch = () => sing('fetch');
