// Passes requests to several nodes in turn, and to the next when one cannot be reached: what stands before two nodes in the benchmark.
//   node spread.mjs <port> <node's port> <node's port> …
import http from 'node:http';

const [port, ...nodes] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: 512 });
let next = 0;

http.createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => pass(request, Buffer.concat(parts), response, next++, nodes.length));
}).listen(port, '127.0.0.1');

function pass(request, body, response, place, left) {
  if (left === 0) return response.writeHead(502).end();
  const on = http.request(
    { host: '127.0.0.1', port: nodes[place % nodes.length], path: request.url, method: request.method, headers: request.headers, agent },
    answer => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  // A delivery may be tried again on another node: the same message twice is one.
  on.on('error', () => (response.headersSent ? response.destroy() : pass(request, body, response, place + 1, left - 1)));
  on.end(body);
}
