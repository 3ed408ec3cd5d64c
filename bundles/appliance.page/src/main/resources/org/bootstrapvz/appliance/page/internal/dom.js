/* SPDX-License-Identifier: Apache-2.0 */
// DOM elements. Data from the appliance becomes text or the value of an attribute, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: h('a', {href: '#/builds', on: {click}}, 'text', child). */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(3).filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** Sets a text if it differs, so that a selection survives. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Replaces the children only if their data has changed. */
export function render(element, data, ...children) {
  const key = JSON.stringify(data);
  if (element.shown !== key) {
    element.shown = key;
    element.replaceChildren(...children.flatMap(child => child()));
  }
}

/** Announces a text to screen readers. */
export function announce(text) {
  document.getElementById('announce').textContent = text;
}

const SHAPES = {
  waiting: [],
  running: ['M8 3.2a4.8 4.8 0 0 1 4.8 4.8'],
  done: ['M4.8 8.2l2.2 2.3 4.2-4.6'],
  failed: ['M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2'],
  rejected: ['M8 4.3v4.6M8 11.4v.3'],
  stopped: ['M5.6 5.6h4.8v4.8H5.6z'],
  interrupted: ['M9 3.6L6 8.4h4L7 12.6'],
  skipped: ['M5 8h6'],
};
const SHAPE_OF = {queued: 'waiting', succeeded: 'done', cancelled: 'stopped', active: 'done', superseded: 'skipped', refused: 'failed', set_aside: 'failed'};

/** The icon of a state of a build, task or plugin; states differ by shape, not only by colour. */
export function icon(state) {
  const paths = SHAPES[SHAPE_OF[state] ?? state] ?? [];
  return s('svg', {class: 'icon', 'data-state': state, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true'},
      s('circle', {cx: 8, cy: 8, r: 7}), paths.map(d => s('path', {d})));
}

/** A state as icon and word. */
export function badge(state) {
  return h('span', {class: 'badge', 'data-state': state}, icon(state), ' ', state.replace('_', ' '));
}

/** A progress bar; set takes a fraction from 0 to 1. */
export function bar(label) {
  const inner = h('span');
  const element = h('span', {class: 'bar', role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100}, inner);
  element.set = fraction => {
    const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
    element.setAttribute('aria-valuenow', percent);
    inner.style.setProperty('width', `${percent}%`);
  };
  return element;
}

/** Asks before an action that cannot be undone; resolves to whether to go on. */
export function confirm(question, yes) {
  return new Promise(resolve => {
    const dialog = h('dialog', {class: 'ask', 'aria-labelledby': 'question'},
        h('form', {method: 'dialog'},
            h('p', {id: 'question'}, question),
            h('p', {class: 'actions'},
                h('button', {value: 'no'}, 'No'),
                h('button', {value: 'yes', class: 'danger'}, yes))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
