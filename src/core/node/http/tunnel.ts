// A TLS connection through an HTTP proxy (CONNECT), made before the request that uses it.
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { connect as tlsConnect, type SecureContext, type TLSSocket } from 'node:tls';
import { FailureError } from '../../failureError';
import type { Proxy } from './proxy';

export interface TunnelOptions {
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly secureContext: SecureContext | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @throws FailureError `network.proxyAuth` for 407, `network.unreachable` for any other answer than 2xx. */
export async function openTunnel(
  proxy: Extract<Proxy, { kind: 'http' }>,
  target: URL,
  options: TunnelOptions,
): Promise<TLSSocket> {
  const socket = await connectThrough(proxy, target, options);
  return new Promise((resolve, reject) => {
    const secured = tlsConnect({
      socket,
      servername: target.hostname.replace(/^\[|\]$/g, ''),
      ...(options.secureContext === undefined ? {} : { secureContext: options.secureContext }),
    });
    const abort = (): void => {
      secured.destroy(abortError());
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    secured.setTimeout(options.timeoutMs, () => {
      secured.destroy(timeoutError());
    });
    const settled = (): void => {
      secured.setTimeout(0);
      options.signal?.removeEventListener('abort', abort);
    };
    secured.once('secureConnect', () => {
      settled();
      secured.removeAllListeners('error');
      resolve(secured);
    });
    secured.once('error', (error: Error) => {
      settled();
      reject(error);
    });
  });
}

function connectThrough(
  proxy: Extract<Proxy, { kind: 'http' }>,
  target: URL,
  options: TunnelOptions,
): Promise<Socket> {
  const authority = `${target.hostname}:${target.port === '' ? '443' : target.port}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      agent: false,
      timeout: options.timeoutMs,
      headers: {
        host: authority,
        'user-agent': options.userAgent,
        ...authorizationOf(proxy),
      },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    request.once('timeout', () => {
      request.destroy(timeoutError());
    });
    request.once('connect', (response, socket) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        socket.setTimeout(0);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refused(status, proxy));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(refused(response.statusCode ?? 0, proxy));
    });
    request.once('error', reject);
    request.end();
  });
}

export function authorizationOf(proxy: Extract<Proxy, { kind: 'http' }>): Record<string, string> {
  return proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization };
}

/** What a proxy's own refusal means; 407 wants a name and a password. */
export function refused(status: number, proxy: Extract<Proxy, { kind: 'http' }>): FailureError {
  const details = [
    { id: 'proxy', value: `${proxy.host}:${String(proxy.port)}` },
    { id: 'status', value: String(status) },
  ];
  return status === 407
    ? new FailureError('network.proxyAuth', {
        params: { proxy: proxy.host },
        next: ['askAdministrator', 'retry'],
        details,
      })
    : new FailureError('network.unreachable', {
        params: { host: proxy.host },
        next: ['retry', 'checkNetwork'],
        details,
      });
}

export function timeoutError(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

export function abortError(): Error {
  return Object.assign(new Error('aborted'), { name: 'AbortError' });
}
