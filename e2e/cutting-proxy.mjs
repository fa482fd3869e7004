import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A network in front of a server that can fail: every connection is passed on byte by byte until it is cut. */
export class CuttingProxy {
  #server;
  #sockets = new Set();

  static async to(address) {
    const { hostname, port } = new URL(address);
    const proxy = new CuttingProxy();
    proxy.#server = createServer((near) => {
      const far = connect({ host: hostname, port: Number(port) });
      for (const [socket, other] of [[near, far], [far, near]]) {
        proxy.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          proxy.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    proxy.address = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  /** Breaks every connection there is; new ones are let through. Answers how many there were. */
  cut() {
    const count = this.#sockets.size / 2;
    for (const socket of this.#sockets) socket.destroy();
    return count;
  }

  async close() {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
