// Real servers for the journeys: each a process of its own, on a database and a directory of its own, on a free port.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cairn = fileURLToPath(new URL('../../../cairn', import.meta.url));
const startMs = 120_000;
const stopMs = 30_000;
const attempts = 5;
const kept = 60;
const running = new Set();

/** Whatever happens to the tests, no server outlives them; its database goes with it. */
process.on('exit', () => {
  for (const server of running) server.child?.kill('SIGINT');
});

/** A server on the demo's data: customers in every stage, one of them with months of events. */
export async function startDemo() {
  const server = new Server((port, data) => ['demo', '--port', String(port), '--data', data]);
  await server.start(/Ctrl-C stops everything/);
  const state = JSON.parse(readFileSync(join(server.data, 'demo.json'), 'utf8'));
  return Object.assign(server, state);
}

/** A server that starts for the first time, on nothing. `link` is what it prints for the first administrator. */
export async function startEmpty(environment = {}) {
  const server = new Server(
    (port, data) => ['serve', '--urls', `http://localhost:${port}`, '--data', data],
    environment,
  );
  await server.start(/answers at http/);
  server.link = server.said.join('\n').match(/http\S+\/setup#\S+/)?.[0];
  return server;
}

class Server {
  constructor(argumentsFor, environment = {}) {
    this.root = mkdtempSync(join(tmpdir(), 'cairn-web-'));
    this.data = join(this.root, 'data');
    this.argumentsFor = argumentsFor;
    this.environment = environment;
    running.add(this);
  }

  /** Starts on `port`, or on a free one. Between looking and listening somebody else may take a port: then on another. */
  async start(ready, port) {
    for (let attempt = 1; ; attempt++) {
      this.port = port ?? (await freePort());
      this.url = `http://localhost:${this.port}`;
      try {
        await this.launch(ready);
        return;
      } catch (error) {
        if (attempt === attempts || !this.said.some((line) => line.includes('is in use'))) throw error;
      }
    }
  }

  launch(ready) {
    this.ready = ready;
    this.said = [];
    this.child = spawn(cairn, this.argumentsFor(this.port, this.data), {
      cwd: this.root,
      env: { ...process.env, CAIRN_NO_BUILD: '1', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    return new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`The server ${why}. It said:\n${this.said.join('\n')}`));
      const timer = setTimeout(() => fail(`did not start within ${startMs / 1000} s`), startMs);
      this.ended.then(() => fail('ended'));
      this.child.once('error', (error) => fail(`did not start: ${error.message}`));
      const hear = (text) => {
        this.said.push(...text.split('\n').filter(Boolean));
        if (!this.said.some((line) => ready.test(line))) return;
        clearTimeout(timer);
        // What a running server logs is of no use to a journey: only its last words are kept.
        this.said.splice(0, Math.max(0, this.said.length - kept));
        resolve();
      };
      for (const stream of [this.child.stdout, this.child.stderr])
        stream.setEncoding('utf8').on('data', hear);
    });
  }

  /** Stops the process and keeps its data; `start(ready, port)` brings it back. */
  async halt() {
    const { child } = this;
    if (!child) return;
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await this.ended;
    clearTimeout(timer);
    this.child = undefined;
  }

  /** Starts again where it was. */
  again() {
    return this.start(this.ready, this.port);
  }

  /** Stops the process and removes its data. */
  async end() {
    await this.halt();
    running.delete(this);
    rmSync(this.root, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
