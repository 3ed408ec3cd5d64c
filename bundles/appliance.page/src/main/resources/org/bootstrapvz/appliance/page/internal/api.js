/* SPDX-License-Identifier: Apache-2.0 */
// Client of the appliance's API.

import {setClock} from './format.js';

const ROOT = 'api/v1/';

/** An error response; the status is 0 if there was no response. */
export class Problem extends Error {
  constructor(status, json) {
    super(json.detail ?? json.title ?? `The appliance responded with status ${status}`);
    this.status = status;
    this.json = json;
  }
}

/** The URL of a resource. */
export function address(...segments) {
  return ROOT + segments.map(encodeURIComponent).join('/');
}

/** Sends a request and returns the JSON of the response. */
export async function request(method, path, options = {}) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

/** Sends a GET request and returns the text of the response. */
export async function requestText(path, options = {}) {
  return (await send('GET', path, options)).text();
}

async function send(method, path, {json, yaml, signal} = {}) {
  const headers = {Accept: 'application/json, application/problem+json, application/yaml'};
  let body;
  if (json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
  } else if (yaml !== undefined) {
    headers['Content-Type'] = 'application/yaml';
    body = yaml;
  }
  let response;
  try {
    response = await fetch(path, {method, headers, body, signal, cache: 'no-store'});
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(0, {detail: 'The appliance does not respond'});
  }
  if (response.headers.has('Date')) {
    setClock(response.headers.get('Date'));
  }
  if (response.ok) {
    return response;
  }
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (response.status === 401) {
    dispatchEvent(new CustomEvent('session-lost', {detail: path}));
  }
  throw problem;
}

/**
 * Repeats an action until the signal aborts, except while the page is hidden. Reports whether the
 * appliance can be reached.
 */
export function repeat(milliseconds, signal, action) {
  let timer;
  const run = async () => {
    clearTimeout(timer);
    if (!document.hidden && !signal.aborted) {
      try {
        await action();
        reachable(true);
      } catch (e) {
        if (signal.aborted || e.name === 'AbortError') {
          return;
        }
        reachable(false, e);
      }
    }
    if (!signal.aborted) {
      clearTimeout(timer);
      timer = setTimeout(run, milliseconds);
    }
  };
  const resume = () => document.hidden || run();
  document.addEventListener('visibilitychange', resume, {signal});
  signal.addEventListener('abort', () => clearTimeout(timer));
  return run();
}

function reachable(yes, problem) {
  if (problem?.status !== 401) {
    dispatchEvent(new CustomEvent('reachable', {detail: yes ? '' : problem.message}));
  }
}

/**
 * Follows an event stream until its end. A browser opens only a few connections to a server, so a
 * hidden page uses none.
 *
 * @param path returns the URL for the current position
 * @param types the types of the events to receive
 * @param receive called with type and data of each event
 */
export function follow(path, types, signal, receive) {
  let source;
  let ended = false;
  const stop = () => source?.close();
  const start = () => {
    stop();
    if (document.hidden || signal.aborted || ended) {
      return;
    }
    source = new EventSource(path());
    types.forEach(type => source.addEventListener(type, event => receive(type, JSON.parse(event.data))));
    source.addEventListener('end', () => {
      ended = true;
      stop();
      receive('end', {});
    });
    source.addEventListener('error', () => {
      // After an error response a browser does not reconnect by itself.
      if (source.readyState === EventSource.CLOSED && !ended) {
        setTimeout(start, 2000);
      }
    });
  };
  document.addEventListener('visibilitychange', start, {signal});
  signal.addEventListener('abort', stop);
  start();
}
