/* SPDX-License-Identifier: Apache-2.0 */
// A plan as a graph: phases as bands, tasks as boxes, relations as arrows from left to right. The appliance computes the layout.

import {request} from './api.js';
import {h, icon, s, setText} from './dom.js';
import {counted, duration, sentence} from './format.js';

const HEIGHT = 44;
const NARROWEST = 164;
const WIDEST = 214;
const GAP = 26;
const ROW = HEIGHT + 10;
const EDGE = 12;
const TITLE = 30;
const BAND_GAP = 8;

const pen = document.createElement('canvas').getContext('2d');

/** Shortens a text to a width. */
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
 * The graph of a plan. It is one stop for the Tab key; the arrow keys move between tasks.
 *
 * @return its element, and update, which takes the state and the duration of each task by its id
 */
export function taskGraph(plan, signal) {
  const tasks = plan.tasks.map((task, place) => ({...task, place, before: [], after: []}));
  const byId = new Map(tasks.map(task => [task.id, task]));
  const relations = new Map();
  plan.relations.forEach(relation => {
    const [from, to] = [byId.get(relation.before), byId.get(relation.after)];
    if (from && to) {
      const related = {...relation, from, to};
      relations.set(key(relation), related);
      from.after.push(related);
      to.before.push(related);
    }
  });

  const card = h('div', {class: 'task-card', role: 'tooltip', id: 'task-card', hidden: true});
  const picture = h('div', {class: 'picture'});
  const legend = h('p', {class: 'legend small soft'});
  const element = h('div', {class: 'graph'}, legend, h('div', {class: 'frame'}, picture, card));
  const states = new Map();
  /** The layout: columns, and bands with boxes and arrows at cells of a grid. */
  let drawing = null;
  let requested = 0;
  let boxWidth = 0;
  let stop = 0;
  let shownTask = null;
  let pending = new AbortController();

  new ResizeObserver(resize).observe(picture);
  signal.addEventListener('abort', () => {
    pending.abort();
    hide();
  });

  function key({before, after}) {
    return `${before} ${after}`;
  }

  /** The number of columns depends on the width of the window; the width of the boxes fills what is left. */
  function resize() {
    if (picture.clientWidth === 0) {
      return;
    }
    const room = picture.clientWidth - 2 * EDGE + GAP;
    const columns = Math.max(1, Math.floor(room / (WIDEST + GAP)));
    if (columns !== requested) {
      requested = columns;
      load(columns);
    } else if (drawing && widthOfBoxes() !== boxWidth) {
      draw();
    }
  }

  function widthOfBoxes() {
    const room = picture.clientWidth - 2 * EDGE + GAP;
    return Math.max(NARROWEST, Math.min(WIDEST, Math.floor(room / drawing.columns) - GAP));
  }

  async function load(columns) {
    pending.abort();
    pending = new AbortController();
    try {
      drawing = await request('POST', `api/v1/drawing?columns=${columns}`, {json: plan, signal: pending.signal});
      draw();
    } catch (e) {
      if (e.name !== 'AbortError') {
        requested = 0;
        picture.replaceChildren(h('p', {class: 'problem'}, `Could not draw the plan: ${sentence(e.message)}`));
      }
    }
  }

  function draw() {
    hide();
    boxWidth = widthOfBoxes();
    const {columns, bands} = drawing;
    const width = Math.max(columns * (boxWidth + GAP) - GAP + 2 * EDGE, Math.min(picture.clientWidth, WIDEST * 8));
    const svg = s('svg', {width, role: 'group', 'aria-label': `Task graph: ${counted(tasks.length, 'task')} in ${counted(bands.length, 'phase')}. The arrow keys move between tasks.`});
    const x = column => EDGE + column * (boxWidth + GAP);
    let top = 0;
    bands.forEach((band, index) => {
      const y = row => top + TITLE + (row - 0.5) * ROW + HEIGHT / 2;
      const height = TITLE + band.rows * ROW - 10 + EDGE;
      const group = s('g', {class: 'band', 'data-band': index},
          s('rect', {class: 'ground', x: 0.5, y: top + 0.5, width: width - 1, height: height - 1, rx: 8}),
          s('text', {class: 'phase', x: EDGE, y: top + 20}, `${index + 1}. ${band.phase} `, s('tspan', {class: 'many', dx: 6}, counted(band.boxes.length, 'task'))));
      band.arrows.forEach(arrow => {
        const relation = relations.get(key(arrow));
        relation.line = s('path', {class: 'edge', d: path(arrow.path, x, y)});
        group.append(relation.line);
      });
      band.boxes.forEach(at => {
        const task = byId.get(at.task);
        task.band = index;
        task.x = x(at.column);
        task.y = y(at.row) - HEIGHT / 2;
        group.append(box(task));
      });
      svg.append(group);
      top += height + BAND_GAP;
    });
    svg.setAttribute('height', top - BAND_GAP);
    svg.addEventListener('keydown', walk);
    picture.replaceChildren(svg);
    tasks.forEach(showState);
  }

  /** A curve from the right side of the first box to the left side of the last, horizontal in the columns between. */
  function path(points, x, y) {
    let at = {x: x(points[0].column) + boxWidth, y: y(points[0].row)};
    let d = `M${at.x} ${at.y}`;
    points.slice(1).forEach((point, place) => {
      const next = {x: x(point.column), y: y(point.row)};
      const middle = (at.x + next.x) / 2;
      d += `C${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`;
      const last = place === points.length - 2;
      if (!last) {
        d += `h${boxWidth}`;
      }
      at = {x: next.x + (last ? 0 : boxWidth), y: next.y};
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
  function showState(task) {
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
            row('Phase', [task.phase]),
            row('Requested by', task.requestedBy ?? []),
            row('Bundle', [`${task.bundle} ${task.version}`]),
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
    const band = drawing.bands[task.band + (event.key === 'ArrowDown' ? 1 : -1)];
    const next = {
      ArrowRight: () => tasks[stop + 1],
      ArrowLeft: () => tasks[stop - 1],
      ArrowDown: () => near(task, 1) ?? (band && byId.get(band.boxes[0].task)),
      ArrowUp: () => near(task, -1) ?? (band && byId.get(band.boxes.at(-1).task)),
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
    return tasks
        .filter(other => other.band === task.band && (other.y - task.y) * direction > HEIGHT / 2)
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
    tasks.forEach(showState);
    if (shownTask) {
      fillCard(shownTask);
    }
  }

  return {element, update};
}
