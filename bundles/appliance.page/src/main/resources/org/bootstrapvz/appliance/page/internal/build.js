/* SPDX-License-Identifier: Apache-2.0 */

import {address, follow, request, requestText} from './api.js';
import {announce, badge, bar, confirm, h, setText, render} from './dom.js';
import {editor, problemList} from './editor.js';
import {age, bytes, clock, counted, duration, seconds, sentence} from './format.js';
import {taskGraph} from './graph.js';
import {buildLog} from './log.js';
import {timeline} from './timeline.js';

const TYPES = ['submitted', 'started', 'planned', 'installing', 'phase-started', 'phase-finished', 'task-started', 'task-progress',
  'task-finished', 'warning', 'failing', 'released', 'delivered', 'finished'];
const EVENTS_PER_REQUEST = 1000;
const REFRESH_DELAY_MS = 300;

/** One build: state, tasks, timeline, log, artefacts, manifest, problems. */
export function buildView(main, parameters, {signal, canBuild, title}) {
  const {id} = parameters;
  const path = address('builds', id);
  title(`Build ${id}`);

  // The header.
  const heading = h('h1', {}, `#${id}`);
  const state = h('span', {class: 'state-now'});
  const actions = h('div', {class: 'actions'});
  const progress = bar('Progress');
  const now = h('span', {class: 'now'});
  const running = h('div', {class: 'running', hidden: true}, progress, now);
  const error = h('p', {class: 'problem block', hidden: true});
  const notices = h('ul', {class: 'notices', hidden: true});
  const facts = h('dl', {class: 'facts'});
  const wrong = h('p', {class: 'problem', role: 'alert', hidden: true});

  // The tabs.
  const panels = {
    tasks: tab('Tasks'), timeline: tab('Timeline'), log: tab('Log'), artefacts: tab('Artefacts'), manifest: tab('Manifest'), problems: tab('Problems'),
  };
  Object.entries(panels).forEach(([name, {link, panel}]) => {
    link.id = `tab-${name}`;
    link.href = `#/builds/${id}/${name}`;
    link.setAttribute('aria-controls', `panel-${name}`);
    panel.id = `panel-${name}`;
    panel.setAttribute('aria-labelledby', link.id);
  });
  const list = h('div', {class: 'tabs', role: 'tablist', 'aria-label': 'About this build', on: {keydown: walk}}, Object.values(panels).map(({link}) => link));
  main.append(h('p', {class: 'crumbs'}, h('a', {href: '#/builds'}, '← Builds')),
      h('div', {class: 'head'}, heading, state, h('span', {class: 'space'}), actions),
      wrong, running, error, notices, facts, list, ...Object.values(panels).map(({panel}) => panel));

  let build = null;
  let last = 0;
  let chosen;
  let graph;
  let log;
  let manifest;
  let refreshing;
  const times = timeline();
  const starts = new Map();
  panels.timeline.panel.append(times.element);
  panels.tasks.panel.append(h('p', {class: 'empty'}, 'Loading…'));
  panels.artefacts.panel.append(h('p', {class: 'empty'}, 'No artefacts yet.'));

  const loaded = refresh();
  navigate(parameters);
  begin();
  addEventListener('tick', tick, {signal});
  signal.addEventListener('abort', () => clearTimeout(refreshing));
  return {navigate};

  function tab(name) {
    const count = h('span', {class: 'count', hidden: true});
    return {
      link: h('a', {role: 'tab'}, name, ' ', count),
      panel: h('section', {role: 'tabpanel', class: 'panel', hidden: true}),
      count: number => { count.hidden = !number; setText(count, String(number)); },
    };
  }

  function navigate({tab: wanted}) {
    chosen = wanted in panels ? wanted : 'tasks';
    Object.entries(panels).forEach(([name, {link, panel}]) => {
      const here = name === chosen;
      link.setAttribute('aria-selected', here);
      link.setAttribute('tabindex', here ? 0 : -1);
      panel.hidden = !here;
    });
    if (chosen === 'log') {
      if (!log) {
        log = buildLog(id, signal);
        panels.log.panel.append(log.element);
      }
      log.shown();
    } else if (chosen === 'manifest' && !manifest) {
      readManifest();
    }
  }

  function walk(event) {
    const links = Object.values(panels).map(({link}) => link);
    const place = links.indexOf(document.activeElement);
    const next = {ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: links.length - 1}[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const link = links.at(next % links.length);
      link.focus();
      location.replace(link.href);
    }
  }

  async function begin() {
    try {
      await loaded;
      for (let more = true; more;) {
        const {events} = await request('GET', `${path}/events?after=${last}&limit=${EVENTS_PER_REQUEST}`, {signal});
        events.forEach(event => take(event.type, event));
        more = events.length === EVENTS_PER_REQUEST;
      }
      draw();
      if (!ended()) {
        follow(() => `${path}/events?after=${last}`, TYPES, signal, (type, event) => {
          type === 'end' || take(type, event);
          soon();
        });
      }
    } catch (e) {
      fail(e);
    }
  }

  function fail(e) {
    if (e.name !== 'AbortError') {
      wrong.hidden = false;
      setText(wrong, sentence(e.message));
    }
  }

  /** Events come in bursts; one request fetches what they changed. */
  function soon() {
    refreshing ??= setTimeout(async () => {
      try {
        await refresh();
      } catch (e) {
        fail(e);
      }
      refreshing = undefined;
    }, REFRESH_DELAY_MS);
  }

  function take(type, event) {
    if (event.sequence <= last) {
      return;
    }
    last = event.sequence;
    const {data} = event;
    if (type === 'task-started') {
      starts.set(data.task, event.time);
    } else if (type === 'warning' || (type === 'released' && data.problem)) {
      notices.hidden = false;
      notices.append(h('li', {}, data.message ?? `${data.description} was not released: ${data.problem}`));
    }
  }

  function ended() {
    return build.state !== 'queued' && build.state !== 'running';
  }

  async function refresh() {
    const before = build?.state;
    build = await request('GET', path, {signal});
    wrong.hidden = true;
    if (!graph && build.tasks.length > 0) {
      graph = taskGraph(await request('GET', `${path}/plan`, {signal}), signal);
      panels.tasks.panel.replaceChildren(graph.element);
    }
    if (before && before !== build.state) {
      announce(`Build ${id} is ${build.state}`);
    }
    draw();
  }

  function draw() {
    title(`${build.state === 'running' ? `${Math.round(build.progress * 100)} % ` : ''}#${id} ${build.name}`);
    render(heading, build.name, () => [h('span', {class: 'id'}, `#${id}`), ` ${build.name}`]);
    render(state, build.state, () => badge(build.state));
    render(actions, build.state, () => buttons());
    running.hidden = build.state !== 'running';
    progress.set(build.progress);
    error.hidden = !build.error;
    error.className = build.state === 'queued' ? 'block' : 'problem block';
    setText(error, build.error);
    drawFacts();
    if (!graph) {
      setText(panels.tasks.panel.firstChild, {
        queued: 'The build is queued; planning starts when it runs.',
        running: 'Planning…',
        rejected: 'The manifest has errors, so there is no task list.',
      }[build.state] ?? 'The build ended before planning finished.');
    }
    drawArtefacts();
    panels.problems.count(build.problems.length);
    render(panels.problems.panel, build.problems, () => build.problems.length === 0
        ? h('p', {class: 'empty'}, 'The manifest has no problems.')
        : problemList(build.problems, async problem => {
          location.hash = `#/builds/${id}/manifest`;
          (await readManifest())?.jump(problem);
        }));
    tick();
  }

  function buttons() {
    if (!canBuild) {
      return [];
    }
    const post = async (what, options) => {
      try {
        return await request('POST', `${path}/${what}`, options);
      } catch (e) {
        fail(e);
        return null;
      }
    };
    const again = h('a', {class: 'button', href: `#/new?from=${id}`}, 'Edit and resubmit…');
    if (ended()) {
      return [again, h('button', {type: 'button', id: 'retry', on: {click: async () => {
        const next = await post('retry');
        if (next) {
          location.hash = `#/builds/${next.id}`;
        }
      }}}, 'Retry')];
    }
    const priority = h('input', {type: 'number', id: 'priority', min: -100, max: 100, step: 1, value: build.priority});
    return [
      build.state === 'queued' && h('form', {class: 'priority', on: {submit: async event => {
        event.preventDefault();
        if (await post('priority', {json: {priority: priority.valueAsNumber}})) {
          announce(`Priority set to ${priority.value}`);
          soon();
        }
      }}}, h('label', {for: 'priority'}, 'Priority'), priority, h('button', {}, 'Set')),
      again,
      h('button', {type: 'button', id: 'cancel', class: 'danger', on: {click: async () => {
        if (await confirm(`Cancel build ${id}?`, 'Cancel build') && await post('cancel')) {
          soon();
        }
      }}}, 'Cancel'),
    ].filter(Boolean);
  }

  function drawFacts() {
    const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));
    render(facts, {...build, tasks: 0, progress: 0, task: 0}, () => [
      build.provider && fact('Provider', build.provider),
      build.plugins.length > 0 && fact(build.plugins.length === 1 ? 'Plugin' : 'Plugins', build.plugins.join(', ')),
      fact('Submitted', h('span', {title: clock(build.submitted), 'data-age': build.submitted}), ` by ${build.submitter}`),
      build.started && fact('Duration', h('span', {'data-from': build.started, 'data-to': build.finished})),
      build.finished && fact('Finished', clock(build.finished)),
      build.appliance && fact('Appliance', build.appliance),
      build.priority !== 0 && fact('Priority', String(build.priority)),
      build.retryOf && fact('Retry of', h('a', {href: `#/builds/${build.retryOf}`}, `#${build.retryOf}`)),
      ...build.actions.filter(({type}) => type !== 'submitted').map(({time, type, by, detail}) => fact(
          type[0].toUpperCase() + type.slice(1),
          type === 'retried' ? h('a', {href: `#/builds/${detail}`}, `as #${detail}`) : type === 'prioritised' ? `to ${detail}` : '',
          h('span', {title: clock(time), 'data-age': time}), ` by ${by}`)),
      build.attempt > 1 && fact('Attempt', String(build.attempt)),
      build.bundles.length > 0 && fact('Bundles', h('details', {}, h('summary', {}, counted(build.bundles.length, 'bundle')),
          h('ul', {class: 'mono small'}, build.bundles.map(({name, version}) => h('li', {}, `${name} ${version}`))))),
      build.notReleased.length > 0 && fact('Not released', h('ul', {class: 'problem'}, build.notReleased.map(one => h('li', {}, one)))),
    ].filter(Boolean));
  }

  function drawArtefacts() {
    panels.artefacts.count(build.artefacts.length);
    render(panels.artefacts.panel, [build.artefacts, ended()], () => build.artefacts.length === 0
        ? h('p', {class: 'empty'}, ended() ? 'The build has no artefacts.' : 'No artefacts yet.')
        : h('ul', {class: 'artefacts'}, build.artefacts.map(one => {
          if (one.kind) {
            return h('li', {class: 'card'},
                h('div', {class: 'title'}, h('strong', {}, one.name),
                    one.link && h('a', {class: 'button', href: one.link, rel: 'noreferrer'}, 'Open')),
                h('p', {class: 'soft small'}, [one.kind, one.region, one.account && `account ${one.account}`].filter(Boolean).join(', ')));
          }
          const copy = h('button', {type: 'button', class: 'quiet', on: {click: async () => {
            await navigator.clipboard.writeText(one.sha256);
            setText(copy, 'Copied');
          }}}, 'Copy');
          return h('li', {class: 'card'},
              h('div', {class: 'title'}, h('strong', {}, one.name),
                  one.sha256 && h('a', {class: 'button primary', href: address('builds', id, 'artefacts', one.name), download: one.name}, `Download ${bytes(one.size)}`)),
              h('p', {class: 'soft small'}, `${one.size.toLocaleString()} bytes, ${bytes(one.sizeOnDisk)} on disk`),
              one.sha256
                ? h('div', {class: 'sum'}, h('span', {class: 'soft small'}, 'SHA-256'), h('code', {}, one.sha256), navigator.clipboard && copy)
                : h('p', {class: 'soft small'}, 'A directory or a volume; it stays on the appliance.'));
        })));
  }

  function readManifest() {
    manifest ??= requestText(`${path}/manifest`, {signal}).then(text => {
      const shown = editor(text, {label: 'Submitted manifest'});
      loaded.then(() => { shown.problems = build.problems; }, () => {});
      panels.manifest.panel.replaceChildren(shown.element);
      return shown;
    }, e => {
      panels.manifest.panel.replaceChildren(h('p', {class: 'empty'}, sentence(e.message)));
      return null;
    });
    return manifest;
  }

  /** Updates what changes with time alone. */
  function tick() {
    if (!build) {
      return;
    }
    facts.querySelectorAll('[data-age]').forEach(one => setText(one, age(one.dataset.age)));
    facts.querySelectorAll('[data-from]').forEach(one => setText(one, duration(seconds(one.dataset.from, one.dataset.to))));
    setText(now, `${Math.round(build.progress * 100)} %${build.task ? ` · ${build.task}` : ''}`);
    const fresh = new Map();
    const ran = [];
    let sum = 0;
    build.tasks.forEach(task => {
      const start = starts.get(task.id);
      const took = task.duration ?? (task.state === 'running' && start ? seconds(start) : undefined);
      fresh.set(task.id, {state: task.state, seconds: took});
      if (took !== undefined) {
        ran.push({...task, seconds: Math.max(0, took), start: start && build.started ? Math.max(0, seconds(build.started, start)) : sum});
        sum = ran.at(-1).start + took;
      }
    });
    graph?.update(fresh);
    times.update(ran);
  }
}
