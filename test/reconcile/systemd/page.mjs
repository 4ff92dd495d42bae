// A page on the loopback address: what the proxy's gate asks, though it is started after the proxy.
import { createServer } from 'node:http';

createServer((_, response) => response.end('{"Version": "1"}')).listen(8080, '127.0.0.1');
