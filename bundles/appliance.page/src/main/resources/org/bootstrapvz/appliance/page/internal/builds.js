/* SPDX-License-Identifier: Apache-2.0 */

import {repeat, request} from './api.js';
import {badge, bar, h, setText, render} from './dom.js';
import {age, bytes, clock, counted, duration, seconds} from './format.js';

const STATES = ['queued', 'running', 'succeeded', 'failed', 'rejected', 'cancelled', 'interrupted'];
const PAGE_SIZE = 50;

/** The list of builds, by state. */
export function buildsView(main, {query}, {signal, canBuild, title}) {
  const state = STATES.includes(query.get('state')) ? query.get('state') : '';
  const before = /^\d+$/.test(query.get('before') ?? '') ? query.get('before') : '';
  title('Builds');

  const filters = h('nav', {class: 'filters', 'aria-label': 'State'});
  const rows = h('tbody');
  const empty = h('p', {class: 'empty', hidden: true});
  const pages = h('nav', {class: 'pages', 'aria-label': 'Pages'});
  const table = h('table', {class: 'builds', hidden: true},
      h('thead', {}, h('tr', {},
          ['State', 'Build', 'Provider', 'Progress', 'Submitted', 'Duration'].map(name => h('th', {scope: 'col'}, name)))),
      rows);
  main.append(
      h('div', {class: 'head'}, h('h1', {}, 'Builds'), canBuild && h('a', {class: 'button primary', href: '#/new'}, 'New build')),
      filters, table, empty, pages);

  const link = changes => {
    const parameters = new URLSearchParams(Object.entries({state, before, ...changes}).filter(([, value]) => value));
    return `#/builds${parameters.size ? `?${parameters}` : ''}`;
  };
  const known = new Map();

  repeat(2000, signal, async () => {
    const parameters = new URLSearchParams({limit: PAGE_SIZE, ...(state && {state}), ...(before && {before})});
    const [page, status] = await Promise.all([
      request('GET', `api/v1/builds?${parameters}`, {signal}),
      request('GET', 'api/v1/status', {signal}),
    ]);
    drawFilters(status.builds);
    drawRows(page.builds);
    render(pages, [before, page.next],
        () => before ? h('a', {href: link({before: ''})}, '← Newest') : [],
        () => page.next ? h('a', {href: link({before: page.next}), class: 'older'}, 'Older →') : []);
  });
  addEventListener('tick', () => known.forEach(row => row.tick()), {signal});

  function drawFilters(counts) {
    const all = STATES.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
    render(filters, counts, () => [['', 'all', all], ...STATES.map(name => [name, name, counts[name] ?? 0])]
        .filter(([name, , count]) => count || !name || name === state)
        .map(([name, label, count]) => h('a', {href: link({state: name, before: ''}), 'aria-current': name === state && 'true'},
            label, ' ', h('span', {class: 'count'}, count.toLocaleString()))));
  }

  function drawRows(builds) {
    const current = builds.map(build => {
      const row = known.get(build.id) ?? buildRow(build.id);
      known.set(build.id, row);
      row.update(build);
      return row.element;
    });
    const ids = new Set(builds.map(build => build.id));
    [...known.keys()].filter(id => !ids.has(id)).forEach(id => {
      known.get(id).element.remove();
      known.delete(id);
    });
    // Rows that remain are not moved, so that they keep the focus.
    current.forEach((element, place) => {
      if (rows.children[place] !== element) {
        rows.insertBefore(element, rows.children[place] ?? null);
      }
    });
    table.hidden = builds.length === 0;
    empty.hidden = builds.length > 0;
    setText(empty, state ? `No build is ${state}.` : before ? 'No older builds.' : 'No builds yet.');
  }
}

/** A row of the list. */
function buildRow(id) {
  const state = h('td', {class: 'state'});
  const link = h('a', {class: 'build', href: `#/builds/${id}`});
  const by = h('span', {class: 'soft small'});
  const provider = h('td', {class: 'provider', 'data-label': 'Provider'});
  const progress = bar(`Progress of build ${id}`);
  const task = h('span', {class: 'task small'});
  const submitted = h('td', {class: 'submitted number', 'data-label': 'Submitted'});
  const took = h('td', {class: 'took number', 'data-label': 'Duration'});
  const element = h('tr', {}, state, h('td', {class: 'name'}, link, by), provider,
      h('td', {class: 'progress'}, progress, task), submitted, took);
  let build;

  const tick = () => {
    setText(submitted, age(build.submitted));
    setText(took, build.started ? duration(seconds(build.started, build.finished)) : '–');
  };
  const update = changed => {
    build = changed;
    element.dataset.state = build.state;
    render(state, build.state, () => badge(build.state));
    render(link, build.name, () => [h('span', {class: 'id'}, `#${id}`), ` ${build.name}`]);
    setText(by, [`by ${build.submitter}`, build.priority && `priority ${build.priority}`, build.retryOf && `retry of #${build.retryOf}`,
      build.attempt > 1 && `attempt ${build.attempt}`].filter(Boolean).join(' · '));
    setText(provider, build.provider || '–');
    provider.title = build.plugins.length ? `with ${counted(build.plugins.length, 'plugin')}: ${build.plugins.join(', ')}` : '';
    progress.hidden = build.state !== 'running';
    progress.set(build.progress);
    const text = build.state === 'running' ? build.task : build.error || (build.artefactBytes ? `${bytes(build.artefactBytes)} of artefacts` : '');
    setText(task, text);
    task.title = text;
    submitted.title = clock(build.submitted);
    tick();
  };
  return {element, update, tick};
}
