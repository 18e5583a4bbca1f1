// Plain HTTP over node:http and node:https, for lists, small files and large ones. Asks for bytes as they are stored
// (`Accept-Encoding: identity`), follows few redirects, never from https down to plain http, and waits for nothing
// without an end. It does not judge what it brings.
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';
import type { SecureContext } from 'node:tls';
import { FailureError } from '../../failureError';
import { follow, hostOf, readAddress, redirects, shown, takeCredentials } from './address';
import { TooLarge, isAbort, networkFailure } from './failures';
import { direct, type Proxy, type ResolveProxy } from './proxy';
import { authorizationOf, openTunnel, refused, timeoutError } from './tunnel';
import { systemAuthorities } from './authorities';
import { readBody, type BodySource, type OnChunk } from './body';
import { getDirect, type DirectAnswer } from './direct';
import { nodeBody } from './nodeBody';

export interface HttpSettings {
  /** "Gangway/0.1.0" */
  readonly userAgent: string;
  readonly resolveProxy?: ResolveProxy;
  /** Milliseconds until a connection stands, TLS included. */
  readonly connectMs?: number;
  /** Milliseconds without a byte after which an answer counts as stalled. */
  readonly stallMs?: number;
  /** Direct connections read into one buffer each and are not kept: for large files. */
  readonly large?: boolean;
  /** Instead of the usual certificate authorities. */
  readonly secureContext?: SecureContext;
}

export const defaultTimes = { connectMs: 15_000, stallMs: 30_000 } as const;

export interface Reply {
  /** Where the first request went, and where the answer came from. Without a name and password. */
  readonly asked: string;
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: BodySource;
}

export interface SmallReply extends Omit<Reply, 'body'> {
  readonly bytes: Buffer;
}

export interface Http {
  /**
   * Sends GET and resolves when the headers are there, whatever the status. The caller reads the body or destroys it.
   * @throws FailureError `network.*`, `cancelled`; `RefusedRedirect`
   */
  ask(
    url: string,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Reply>;
  /**
   * Reads a body to its end, chunk by chunk, which `onChunk` must not keep; nothing is read ahead of it.
   * @throws BrokenTransfer, FailureError `cancelled`, and what `onChunk` throws
   */
  read(reply: Reply, onChunk: OnChunk, signal?: AbortSignal): Promise<void>;
  /**
   * A body of at most `cap` bytes.
   * @throws as `ask`, and `TooLarge`; a broken transfer is `network.unreachable`
   */
  small(
    url: string,
    cap: number,
    headers?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<SmallReply>;
  /** Closes idle connections. */
  close(): void;
}

export function createHttp(settings: HttpSettings): Http {
  const connectMs = settings.connectMs ?? defaultTimes.connectMs;
  const stallMs = settings.stallMs ?? defaultTimes.stallMs;
  const plainAgent = new HttpAgent({ keepAlive: true, maxSockets: 8 });
  // Made when first needed: reading the system's certificates takes time that plain loopback should not pay.
  let secureSide: {
    readonly context: SecureContext | undefined;
    readonly agent: HttpsAgent;
  } | null = null;
  const secureParts = () => {
    if (secureSide === null) {
      const context = settings.secureContext ?? systemAuthorities();
      const own = context === undefined ? {} : { secureContext: context };
      secureSide = { context, agent: new HttpsAgent({ keepAlive: true, maxSockets: 8, ...own }) };
    }
    return secureSide;
  };

  const send = async (
    url: URL,
    headers: Readonly<Record<string, string>>,
    proxy: Proxy,
    signal: AbortSignal | undefined,
  ): Promise<DirectAnswer> => {
    const sent = { ...headers, 'user-agent': settings.userAgent, 'accept-encoding': 'identity' };
    const options: RequestOptions = {
      method: 'GET',
      headers: sent,
      ...(signal === undefined ? {} : { signal }),
    };
    const secure = url.protocol === 'https:';
    switch (proxy.kind) {
      case 'unsupported':
        throw new FailureError('network.unreachable', {
          params: { host: url.hostname },
          next: ['checkNetwork', 'askAdministrator'],
          details: [{ id: 'proxy', value: proxy.text }],
        });
      case 'direct':
        if (settings.large === true) {
          const context = secure ? secureParts() : null;
          return getDirect(url, sent, { connectMs, stallMs, secure: context, signal });
        }
        return answer(url, { ...options, agent: secure ? secureParts().agent : plainAgent });
      case 'http':
        if (secure) {
          const { userAgent } = settings;
          const secureContext = secureParts().context;
          const tunnel = { userAgent, timeoutMs: connectMs, secureContext, signal };
          const socket = await openTunnel(proxy, url, tunnel);
          return answer(url, { ...options, createConnection: () => socket });
        }
        return answer(
          url,
          {
            ...options,
            host: proxy.host,
            port: proxy.port,
            path: url.href,
            headers: { ...sent, host: url.host, ...authorizationOf(proxy) },
          },
          proxy,
        );
    }
  };

  const answer = (
    url: URL,
    options: RequestOptions,
    plainProxy?: Extract<Proxy, { kind: 'http' }>,
  ): Promise<DirectAnswer> =>
    new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const make = secure ? httpsRequest : httpRequest;
      const request = plainProxy === undefined ? make(url, options) : httpRequest(options);
      let timer = setTimeout(late, connectMs);
      function late(): void {
        request.destroy(timeoutError());
      }
      const connected = (): void => {
        clearTimeout(timer);
        timer = setTimeout(late, stallMs);
      };
      request.once('socket', (socket) => {
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
        else connected();
      });
      request.once('response', (response) => {
        clearTimeout(timer);
        // An error after this belongs to the body; `read` hears it there.
        request.on('error', () => undefined);
        if (plainProxy !== undefined && response.statusCode === 407) {
          response.destroy();
          reject(refused(407, plainProxy));
          return;
        }
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: nodeBody(response) });
      });
      request.once('error', (error) => {
        clearTimeout(timer);
        // A kept connection that the server closed meanwhile: once more on a new one.
        if (request.reusedSocket && !isAbort(error)) {
          answer(url, { ...options, agent: false }, plainProxy).then(resolve, reject);
          return;
        }
        reject(error);
      });
      request.end();
    });

  const http: Http = {
    async ask(address, headers = {}, signal) {
      let url = readAddress(address);
      const asked = shown(url);
      let credentials = takeCredentials(url);
      for (let hop = 0; ; hop++) {
        if (signal?.aborted === true) throw new FailureError('cancelled');
        const proxy = await (settings.resolveProxy?.(url.href) ?? Promise.resolve(direct));
        let answered: DirectAnswer;
        try {
          answered = await send(url, { ...headers, ...credentials }, proxy, signal);
        } catch (error) {
          throw networkFailure(error, url.hostname);
        }
        const { status } = answered;
        const { location } = answered.headers;
        if (!redirects.has(status) || location === undefined) {
          return { asked, url: shown(url), ...answered };
        }
        answered.body.destroy();
        const next = follow(url, location, status, hop);
        if (next.origin !== url.origin) credentials = {};
        url = next;
      }
    },

    read(reply, onChunk, signal) {
      return readBody(reply.body, onChunk, stallMs, signal);
    },

    async small(address, cap, headers = {}, signal) {
      const reply = await http.ask(address, headers, signal);
      const chunks: Buffer[] = [];
      let length = 0;
      try {
        await http.read(
          reply,
          (chunk) => {
            length += chunk.length;
            if (length > cap) throw new TooLarge(`more than ${String(cap)} bytes`);
            chunks.push(Buffer.from(chunk));
          },
          signal,
        );
      } catch (error) {
        if (error instanceof TooLarge) throw error;
        throw networkFailure(error, hostOf(reply.url));
      }
      const { asked, url, status } = reply;
      return { asked, url, status, headers: reply.headers, bytes: Buffer.concat(chunks) };
    },

    close() {
      plainAgent.destroy();
      secureSide?.agent.destroy();
    },
  };
  return http;
}
