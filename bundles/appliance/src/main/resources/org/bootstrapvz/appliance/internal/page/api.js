/* SPDX-License-Identifier: Apache-2.0 */
// The appliance's API.

import {setClock} from './format.js';

const ROOT = 'api/v1/';

/** An answer that is a problem, or none at all: then the status is 0. */
export class Problem extends Error {
  constructor(status, json) {
    super(json.detail ?? json.title ?? `The appliance answered with status ${status}`);
    this.status = status;
    this.json = json;
  }
}

/** The address of a resource. */
export function address(...segments) {
  return ROOT + segments.map(encodeURIComponent).join('/');
}

/** Asks and returns the JSON of the answer. */
export async function ask(method, path, options = {}) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

/** Asks and returns the text of the answer. */
export async function askText(path, options = {}) {
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
    throw new Problem(0, {detail: 'The appliance does not answer'});
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
 * Does something again and again until the signal says stop, but not while nobody looks. Tells the
 * page whether the appliance answers.
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
  const look = () => document.hidden || run();
  document.addEventListener('visibilitychange', look, {signal});
  signal.addEventListener('abort', () => clearTimeout(timer));
  return run();
}

function reachable(yes, problem) {
  if (problem?.status !== 401) {
    dispatchEvent(new CustomEvent('reachable', {detail: yes ? '' : problem.message}));
  }
}

/**
 * Follows a stream of the appliance until its end. A browser opens few connections to one server,
 * so a page that nobody looks at holds none.
 *
 * @param path of the position where it begins
 * @param types the events that are wanted
 * @param receive gets the type and the data of each
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
      // After a refusal a browser does not come back by itself.
      if (source.readyState === EventSource.CLOSED && !ended) {
        setTimeout(start, 2000);
      }
    });
  };
  document.addEventListener('visibilitychange', start, {signal});
  signal.addEventListener('abort', stop);
  start();
}
