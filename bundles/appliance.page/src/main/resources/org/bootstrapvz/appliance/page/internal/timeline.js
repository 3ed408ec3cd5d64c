/* SPDX-License-Identifier: Apache-2.0 */

import {h, setText, render} from './dom.js';
import {duration} from './format.js';

/** Durations: one bar for all phases, and a bar for each task at the time when it ran. */
export function timeline() {
  const phases = h('div', {class: 'phases', role: 'img'});
  const rows = h('ol', {class: 'times'});
  const longest = h('input', {type: 'checkbox', id: 'longest', on: {change: () => sort()}});
  const note = h('p', {class: 'soft', hidden: true}, 'No tasks have run yet.');
  const element = h('div', {class: 'timeline'}, phases,
      h('p', {class: 'small'}, longest, h('label', {for: 'longest'}, ' Longest first')), note, rows);
  const lines = new Map();

  function sort() {
    const all = [...lines.values()];
    all.sort((a, b) => longest.checked ? b.seconds - a.seconds : a.place - b.place);
    rows.append(...all.map(line => line.element));
  }

  /** Shows the started tasks: name, state, phase, start in seconds since the start of the build, and duration in seconds. */
  function update(tasks) {
    const end = Math.max(0.1, ...tasks.map(task => task.start + task.seconds));
    const sums = new Map();
    note.hidden = tasks.length > 0;
    let added = false;
    tasks.forEach((task, place) => {
      const title = task.phase;
      sums.set(title, (sums.get(title) ?? 0) + task.seconds);
      let line = lines.get(task.id);
      if (!line) {
        line = newLine(task);
        lines.set(task.id, line);
        added = true;
      }
      Object.assign(line, {place, seconds: task.seconds});
      line.element.dataset.state = task.state;
      setText(line.time, duration(task.seconds));
      line.bar.style.setProperty('left', `${100 * task.start / end}%`);
      line.bar.style.setProperty('width', `${100 * task.seconds / end}%`);
    });
    if (added) {
      sort();
    }
    const total = [...sums.values()].reduce((sum, seconds) => sum + seconds, 0) || 1;
    const list = [...sums].map(([title, seconds]) => [title, seconds, Math.round(100 * seconds / total)]);
    phases.setAttribute('aria-label', list.map(([title, seconds]) => `${title} ${duration(seconds)}`).join(', '));
    render(phases, list.map(([title, seconds]) => [title, Math.round(seconds * 10)]), () => list.map(([title, seconds, percent], place) => {
      const part = h('span', {class: `part tone${place % 6}`, title: `${title}: ${duration(seconds)}, ${percent} %`}, percent >= 12 ? `${title} ${duration(seconds)}` : '');
      part.style.setProperty('flex-grow', seconds / total);
      return part;
    }));
  }

  function newLine(task) {
    const name = h('span', {class: 'what', title: task.description}, task.name);
    const line = h('span', {class: 'span'});
    const time = h('span', {class: 'number'});
    return {element: h('li', {}, name, h('span', {class: 'track', 'aria-hidden': 'true'}, line), time), bar: line, time};
  }

  return {element, update};
}
