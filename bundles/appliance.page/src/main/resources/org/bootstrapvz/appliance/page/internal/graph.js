/* SPDX-License-Identifier: Apache-2.0 */
// A plan as a picture: phases as bands, tasks as boxes, relations as lines from left to right.

import {h, icon, s, setText} from './dom.js';
import {counted, duration, sentence} from './format.js';
import {layout} from './layout.js';

const HEIGHT = 44;
const NARROWEST = 164;
const WIDEST = 214;
const GAP = 26;
const ROW = HEIGHT + 10;
const EDGE = 12;
const TITLE = 30;
const BAND_GAP = 8;

const pen = document.createElement('canvas').getContext('2d');

/** Cuts a text to a width. */
function fit(text, font, width) {
  pen.font = font;
  if (pen.measureText(text).width <= width) {
    return text;
  }
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > width) {
    length--;
  }
  return `${text.slice(0, length)}…`;
}

/**
 * The picture of a plan. It is one stop for the Tab key; the arrow keys go from task to task.
 *
 * @return its element, and update, which takes the state and the duration of each task by its id
 */
export function taskGraph(plan, signal) {
  const tasks = plan.tasks.map((task, place) => ({...task, place, title: task.phase, before: [], after: []}));
  const byId = new Map(tasks.map(task => [task.id, task]));
  const relations = plan.relations
      .map(relation => ({...relation, from: byId.get(relation.before), to: byId.get(relation.after)}))
      .filter(relation => relation.from && relation.to);
  relations.forEach(relation => {
    relation.from.after.push(relation);
    relation.to.before.push(relation);
  });
  const phases = [];
  tasks.forEach(task => {
    if (phases.at(-1)?.title !== task.title) {
      phases.push({title: task.title, tasks: []});
    }
    phases.at(-1).tasks.push(task);
    task.phaseAt = phases.length - 1;
  });

  const card = h('div', {class: 'task-card', role: 'tooltip', id: 'task-card', hidden: true});
  const picture = h('div', {class: 'picture'});
  const legend = h('p', {class: 'legend small soft'});
  const element = h('div', {class: 'graph'}, legend, h('div', {class: 'frame'}, picture, card));
  const states = new Map();
  // As many columns as the longest chain needs, more if there is room; the boxes take what there is.
  const needed = Math.max(...phases.map(phase => layout(phase.tasks.length, edgesOf(phase), 1).columns));
  let columns = 0;
  let boxWidth = 0;
  let stop = 0;
  let shownTask = null;

  new ResizeObserver(() => {
    const room = picture.clientWidth - 2 * EDGE + GAP;
    const fitting = Math.max(needed, Math.floor(room / (WIDEST + GAP)));
    const width = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(room / fitting) - GAP));
    if (picture.clientWidth > 0 && (fitting !== columns || width !== boxWidth)) {
      columns = fitting;
      boxWidth = width;
      draw();
    }
  }).observe(picture);
  // A card that is in the way can be sent away without moving.
  signal.addEventListener('abort', hide);

  function relationsOf(phase) {
    return relations.filter(({from, to}) => from.phaseAt === to.phaseAt && from.title === phase.title);
  }

  function edgesOf(phase) {
    const first = phase.tasks[0].place;
    return relationsOf(phase).map(({from, to}) => [from.place - first, to.place - first]);
  }

  function draw() {
    hide();
    const drawn = phases.map(phase => ({...phase, edges: relationsOf(phase), plan: layout(phase.tasks.length, edgesOf(phase), columns)}));
    const width = Math.max(columns * (boxWidth + GAP) - GAP + 2 * EDGE, Math.min(picture.clientWidth, WIDEST * 8));
    const svg = s('svg', {width, role: 'group', 'aria-label': `Task graph: ${counted(tasks.length, 'task')} in ${counted(phases.length, 'phase')}. The arrow keys go from task to task.`});
    let top = 0;
    drawn.forEach((phase, index) => {
      const height = TITLE + phase.plan.rows * ROW - 10 + EDGE;
      const band = s('g', {class: 'band', 'data-band': index},
          s('rect', {class: 'ground', x: 0.5, y: top + 0.5, width: width - 1, height: height - 1, rx: 8}),
          s('text', {class: 'phase', x: EDGE, y: top + 20}, `${index + 1}. ${phase.title} `, s('tspan', {class: 'many', dx: 6}, counted(phase.tasks.length, 'task'))));
      const x = column => EDGE + column * (boxWidth + GAP);
      const y = row => top + TITLE + (row - 0.5) * ROW + HEIGHT / 2;
      phase.edges.forEach((relation, place) => {
        const [from, to] = [relation.from, relation.to].map(task => phase.plan.tasks[task.place - phase.tasks[0].place]);
        relation.line = s('path', {class: 'edge', d: path(from, phase.plan.bends.get(place) ?? [], to, x, y)});
        band.append(relation.line);
      });
      phase.tasks.forEach((task, place) => {
        const at = phase.plan.tasks[place];
        task.x = x(at.column);
        task.y = y(at.row) - HEIGHT / 2;
        band.append(box(task));
      });
      svg.append(band);
      top += height + BAND_GAP;
    });
    svg.setAttribute('height', top - BAND_GAP);
    svg.addEventListener('keydown', walk);
    picture.replaceChildren(svg);
    tasks.forEach(draft);
  }

  function path(from, way, to, x, y) {
    let at = {x: x(from.column) + boxWidth, y: y(from.row)};
    let d = `M${at.x} ${at.y}`;
    [...way.map(bend => ({x: x(bend.column), y: y(bend.row), on: boxWidth})), {x: x(to.column), y: y(to.row), on: 0}].forEach(next => {
      const middle = (at.x + next.x) / 2;
      d += `C${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`;
      if (next.on) {
        d += `h${next.on}`;
      }
      at = {x: next.x + next.on, y: next.y};
    });
    return d;
  }

  function box(task) {
    const dot = task.name.lastIndexOf('.');
    const text = states.size > 0 ? 28 : 12;
    task.sign = s('g', {transform: 'translate(8 6)'});
    task.time = s('text', {class: 'time', x: boxWidth - 9, y: 34});
    task.box = s('g', {class: 'task', transform: `translate(${task.x} ${task.y})`, role: 'img', tabindex: task.place === stop ? 0 : -1,
      'data-task': task.id,
      on: {
        focus: () => { select(task); reveal(task); },
        blur: hide,
        mouseenter: () => reveal(task),
        mouseleave: () => document.activeElement === task.box || hide(),
        click: () => { task.box.focus(); reveal(task); },
      }},
    s('rect', {width: boxWidth, height: HEIGHT, rx: 6}), task.sign,
    s('text', {class: 'name', x: text, y: 18}, fit(task.name.slice(dot + 1), '600 12px system-ui, sans-serif', boxWidth - text - 8)),
    s('text', {class: 'module', x: text, y: 34}, fit(dot > 0 ? task.name.slice(0, dot) : task.bundle.split('.').at(-1), '11px system-ui, sans-serif', boxWidth - text - 62)),
    task.time);
    return task.box;
  }

  /** Shows the state of a task in its box. */
  function draft(task) {
    const {state, seconds} = states.get(task.id) ?? {};
    if (!task.box) {
      return;
    }
    if (task.box.dataset.state !== state) {
      state ? task.box.setAttribute('data-state', state) : task.box.removeAttribute('data-state');
      task.sign.replaceChildren(...(state ? [icon(state)] : []));
    }
    setText(task.time, seconds === undefined ? '' : duration(seconds));
    task.box.setAttribute('aria-label', `${task.place + 1}. ${task.name}${state ? `, ${state}` : ''}${seconds === undefined ? '' : `, ${duration(seconds)}`}`);
  }

  function select(task) {
    tasks[stop].box.setAttribute('tabindex', -1);
    stop = task.place;
    task.box.setAttribute('tabindex', 0);
  }

  function reveal(task) {
    hide();
    shownTask = task;
    const related = [...task.before, ...task.after];
    picture.classList.add('pointing');
    [task, ...related.flatMap(({from, to}) => [from, to])].forEach(one => one.box.classList.add('near'));
    related.forEach(({line}) => line?.classList.add('near'));
    task.box.setAttribute('aria-describedby', 'task-card');
    fillCard(task);
    card.hidden = false;
    // Below its box, or above if there is no room below; never beyond the sides.
    const frame = picture.getBoundingClientRect();
    const at = task.box.getBoundingClientRect();
    const x = Math.max(0, Math.min(at.left - frame.left, frame.width - card.offsetWidth));
    const below = at.bottom + card.offsetHeight + 12 < innerHeight || at.top < card.offsetHeight + 12;
    card.style.setProperty('left', `${x}px`);
    card.style.setProperty('top', `${below ? at.bottom - frame.top + 6 : at.top - frame.top - card.offsetHeight - 6}px`);
  }

  function fillCard(task) {
    const {state, seconds} = states.get(task.id) ?? {};
    const row = (name, values) => values.length === 0 ? [] : [h('dt', {}, name), h('dd', {}, values.map(value => h('div', {}, value)))];
    card.replaceChildren(
        h('strong', {}, task.name),
        h('p', {}, sentence(task.description)),
        h('dl', {},
            row('State', state ? [`${state}${seconds === undefined ? '' : `, ${duration(seconds)}`}`] : []),
            row('Phase', [task.title]),
            row('Asked for by', task.requestedBy ?? []),
            row('From', [`${task.bundle} ${task.version}`]),
            row('After', task.before.map(({from, reason}) => because(from, reason))),
            row('Before', task.after.map(({to, reason}) => because(to, reason)))));
  }

  function because(task, reason) {
    return h('span', {}, task.name, h('span', {class: 'soft'}, ` – ${reason}`));
  }

  function hide() {
    if (shownTask) {
      shownTask.box.removeAttribute('aria-describedby');
      shownTask = null;
    }
    card.hidden = true;
    picture.classList.remove('pointing');
    picture.querySelectorAll('.near').forEach(one => one.classList.remove('near'));
  }

  function walk(event) {
    const task = tasks[stop];
    const band = phases[task.phaseAt + (event.key === 'ArrowDown' ? 1 : -1)];
    const next = {
      ArrowRight: () => tasks[stop + 1],
      ArrowLeft: () => tasks[stop - 1],
      ArrowDown: () => near(task, 1) ?? band?.tasks[0],
      ArrowUp: () => near(task, -1) ?? band?.tasks.at(-1),
      Home: () => tasks[0],
      End: () => tasks.at(-1),
    }[event.key];
    if (next) {
      event.preventDefault();
      const target = next();
      target?.box.focus({preventScroll: true});
      target?.box.scrollIntoView({block: 'nearest', inline: 'nearest'});
    } else if (event.key === 'Escape' && shownTask) {
      hide();
    }
  }

  /** The next task above or below in the same band. */
  function near(task, direction) {
    return phases[task.phaseAt].tasks
        .filter(other => (other.y - task.y) * direction > HEIGHT / 2)
        .sort((a, b) => distance(task, a) - distance(task, b))[0];
  }

  function distance(a, b) {
    return Math.abs(a.y - b.y) * 2 + Math.abs(a.x - b.x);
  }

  function update(fresh) {
    const counts = new Map();
    fresh.forEach((now, id) => {
      states.set(id, now);
      counts.set(now.state, (counts.get(now.state) ?? 0) + 1);
    });
    legend.replaceChildren(...['done', 'running', 'waiting', 'failed', 'stopped', 'skipped'].filter(state => counts.has(state))
        .map(state => h('span', {}, icon(state), ` ${counts.get(state)} ${state}`)));
    tasks.forEach(draft);
    if (shownTask) {
      fillCard(shownTask);
    }
  }

  return {element, update};
}
