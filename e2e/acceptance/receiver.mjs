import { once } from 'node:events';
import { createServer } from 'node:http';
import { until } from './gateway.mjs';

/** Somebody on this machine who is told things by webhooks. What comes is kept; `answer` says what it says to each. */
export class Receiver {
  #server;
  #came = [];

  static async listening(answer = () => 204) {
    const one = new Receiver();
    one.#server = createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      const delivery = { headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
      delivery.event = JSON.parse(delivery.body);
      one.#came.push(delivery);
      response.writeHead(answer(one.#came.length, delivery)).end();
    });
    one.#server.listen(0, '127.0.0.1');
    await once(one.#server, 'listening');
    one.url = `http://127.0.0.1:${one.#server.address().port}/hooks`;
    return one;
  }

  get came() {
    return [...this.#came];
  }

  /** The first delivery of which this holds. */
  delivered(holds) {
    return until(() => this.#came.find(holds));
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
