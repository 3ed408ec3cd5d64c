/* SPDX-License-Identifier: Apache-2.0 */
// Routing between views, the session, and keyboard shortcuts.

import {repeat, request} from './api.js';
import {buildView} from './build.js';
import {buildsView} from './builds.js';
import {h, setText} from './dom.js';
import {bytes} from './format.js';
import {loginView} from './login.js';
import {newView} from './new.js';
import {pluginsView} from './plugins.js';

const VIEWS = {builds: buildsView, build: buildView, new: newView, plugins: pluginsView};
const main = document.getElementById('main');
const by = id => document.getElementById(id);

let me = null;
let current = null;
let watching = null;

/** Splits `#/builds/12/log?x=y` into view and parameters. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name = '', id, tab] = path.split('/').map(decodeURIComponent);
  const parameters = {query: new URLSearchParams(query ?? ''), id, tab};
  if (name === 'builds' && id) {
    return {name: 'build', key: `build ${id}`, parameters};
  }
  return {name: name in VIEWS ? name : 'builds', key: location.hash, parameters};
}

function open() {
  if (!me) {
    return login();
  }
  const {name, key, parameters} = route();
  if (current?.key === key && current.view?.navigate) {
    current.view.navigate(parameters);
    return undefined;
  }
  current?.stop.abort();
  const moved = current !== null;
  const stop = new AbortController();
  current = {key, stop, view: null};
  main.replaceChildren();
  main.className = `view-${name}`;
  document.querySelectorAll('nav a').forEach(link => {
    const here = link.dataset.view === name || (name === 'build' && link.dataset.view === 'builds');
    here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  });
  current.view = VIEWS[name](main, parameters, {me, signal: stop.signal, canBuild: me.role !== 'viewer', title});
  if (moved) {
    scrollTo(0, 0);
    main.focus({preventScroll: true});
  }
  return undefined;
}

function title(text) {
  document.title = `${text} · bootstrap-vz`;
}

function login() {
  current?.stop.abort();
  watching?.abort();
  current = {key: 'login', stop: new AbortController()};
  me = null;
  by('top').hidden = by('bottom').hidden = true;
  title('Log in');
  main.className = 'view-login';
  main.replaceChildren();
  loginView(main, enter);
}

function enter(identity) {
  me = identity;
  setText(by('who'), `${me.name} (${me.role})`);
  by('to-new').hidden = me.role === 'viewer';
  by('top').hidden = by('bottom').hidden = false;
  current = null;
  watching = new AbortController();
  repeat(5000, watching.signal, status);
  open();
}

async function status() {
  const state = await request('GET', 'api/v1/status', {signal: watching.signal});
  setText(by('bottom'), `${state.appliance} · ${state.running} of ${state.concurrency} builds running · ${bytes(state.freeBytes)} free`);
  trouble = state.trouble;
  banner();
}

let trouble = '';
let unreachable = '';

function banner() {
  const text = unreachable ? `${unreachable}. The page may be out of date; retrying.` : trouble;
  by('banner').hidden = !text;
  setText(by('banner'), text);
}

addEventListener('reachable', event => {
  unreachable = event.detail;
  banner();
});
addEventListener('session-lost', () => me && login());
addEventListener('hashchange', open);
by('skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
by('logout').addEventListener('click', async () => {
  await request('DELETE', 'api/v1/session').catch(() => {});
  login();
});

// Keyboard shortcuts

const KEYS = [
  ['b', 'Builds', () => { location.hash = '#/builds'; }],
  ['n', 'New build', () => { if (me.role !== 'viewer') { location.hash = '#/new'; } }],
  ['p', 'Plugins', () => { location.hash = '#/plugins'; }],
  ['j', 'Next build in the list', () => step(1)],
  ['k', 'Previous build in the list', () => step(-1)],
  ['/', 'Search the log', () => by('log-search')?.focus()],
  ['f', 'Follow or pause the log', () => by('log-follow')?.click()],
  ['?', 'Show this list', () => help()],
];
const MORE = [
  ['Ctrl+Enter', 'Submit the manifest in the editor'],
  ['Arrow keys', 'Move between the tasks of a graph, or the tabs of a build'],
  ['Escape', 'Close a dialog; hide the details of a task'],
];
const SWITCH = 'bootstrap-vz.keys';

function step(by) {
  const links = [...main.querySelectorAll('a.build')];
  const place = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, place + by))]?.focus();
}

addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, dialog');
  if (!me || typing || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const key = KEYS.find(([name]) => name === event.key);
  if (key && (key[0] === '?' || localStorage.getItem(SWITCH) !== 'off')) {
    event.preventDefault();
    key[2]();
  }
});

function help() {
  const single = h('input', {type: 'checkbox', id: 'single', checked: localStorage.getItem(SWITCH) !== 'off',
    on: {change: () => localStorage.setItem(SWITCH, single.checked ? 'on' : 'off')}});
  const row = ([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what));
  const dialog = h('dialog', {class: 'help', 'aria-labelledby': 'help-title', on: {close: () => dialog.remove()}},
      h('h2', {id: 'help-title'}, 'Keyboard shortcuts'),
      h('dl', {}, KEYS.map(row), MORE.map(row)),
      h('p', {}, single, h('label', {for: 'single'}, ' Enable single-key shortcuts')),
      h('form', {method: 'dialog'}, h('button', {autofocus: true}, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}
by('keys').addEventListener('click', help);

setInterval(() => dispatchEvent(new Event('tick')), 1000);

request('GET', 'api/v1/session').then(enter, problem => {
  if (problem.status !== 401) {
    unreachable = problem.message;
    banner();
  }
  login();
});
