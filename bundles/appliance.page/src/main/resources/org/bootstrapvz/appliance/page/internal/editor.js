/* SPDX-License-Identifier: Apache-2.0 */
// A manifest with line numbers, syntax colours, and marks where the validator found problems.

import {h} from './dom.js';
import {sentence} from './format.js';

const TOKENS = new RegExp([
  '(?<comment>(?<=^|\\s)#.*$)',
  '(?<key>(?<=^\\s*(?:- +)*|[{,]\\s*)[\\w.%-]+(?=\\s*:(?:\\s|$)))',
  '(?<string>"(?:[^"\\\\]|\\\\.)*"|\'(?:[^\']|\'\')*\')',
  '(?<variable>\\{[\\w.%-]+\\})',
  '(?<value>(?<=[\\s[,:])(?:true|false|null|\\d[\\w.]*)(?=$|[\\s,\\]}]))',
].join('|'), 'g');

/** Splits a line into tokens: pairs of text and kind. */
function tokens(line) {
  const result = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS)) {
    result.push([line.slice(end, match.index), '']);
    result.push([match[0], Object.entries(match.groups).find(([, value]) => value !== undefined)[0]]);
    end = match.index + match[0].length;
  }
  result.push([line.slice(end), '']);
  return result.filter(([text]) => text);
}

/** Splits tokens so that the word at the column of a problem can be marked. */
function mark(line, pieces, {column, severity}) {
  const start = column ? column - 1 : line.search(/\S|$/);
  const rest = column ? line.slice(start).match(/^\S*/)[0] : line.slice(start);
  const end = start + Math.max(rest.length, 1);
  let at = 0;
  return pieces.flatMap(([text, kind]) => {
    const cuts = [0, start - at, end - at, text.length].map(cut => Math.min(text.length, Math.max(0, cut)));
    at += text.length;
    return [0, 1, 2].map(i => [text.slice(cuts[i], cuts[i + 1]), i === 1 ? `${kind} ${severity}` : kind]).filter(([piece]) => piece);
  });
}

/**
 * An editor; read-only without a change listener.
 *
 * @param change called with the text after each change
 */
export function editor(text, {change, label = 'Manifest'} = {}) {
  const gutter = h('div', {class: 'gutter', 'aria-hidden': 'true'});
  const paint = h('pre', {class: 'paint', 'aria-hidden': Boolean(change) && 'true'});
  const area = change && h('textarea', {class: 'area', 'aria-label': label, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off'});
  const element = h('div', {class: 'editor', tabindex: change ? undefined : 0, role: change ? undefined : 'region', 'aria-label': change ? undefined : label},
      gutter, h('div', {class: 'sheet'}, paint, area));
  let problems = [];
  let value = text.replace(/\r\n?/g, '\n');

  function draw() {
    const lines = value.split('\n');
    const at = new Map();
    problems.forEach(problem => at.set(problem.line, [...(at.get(problem.line) ?? []), problem]));
    const found = lines.map((line, i) => at.get(i + 1) ?? []);
    gutter.replaceChildren(...lines.map((line, i) => h('div', {
      'data-line': i + 1,
      class: found[i].some(({severity}) => severity === 'error') ? 'error' : found[i].length ? 'warning' : null,
      title: found[i].map(({message, remedy}) => remedy ? `${message}. ${remedy}` : message).join('\n') || null,
    }, String(i + 1))));
    paint.replaceChildren(...lines.flatMap((line, i) => {
      const pieces = found[i].reduce((all, problem) => mark(line, all, problem), tokens(line));
      return [...pieces.map(([piece, kind]) => kind.trim() ? h('span', {class: kind}, piece) : piece), '\n'];
    }));
  }

  if (area) {
    area.value = value;
    area.addEventListener('input', () => {
      value = area.value;
      // Marks stay at their lines until the validator has responded.
      draw();
      change(value);
    });
  }
  draw();

  return {
    element,
    area,
    get value() { return value; },
    set value(fresh) {
      value = fresh.replace(/\r\n?/g, '\n');
      area.value = value;
      problems = [];
      draw();
      change(value);
    },
    /** Marks the problems. */
    set problems(found) {
      problems = found;
      area?.setAttribute('aria-invalid', found.some(({severity}) => severity === 'error'));
      draw();
    },
    /** Moves the cursor to a problem. */
    jump({line, column}) {
      const lines = value.split('\n');
      const place = Math.min(Math.max(line, 1), lines.length) - 1;
      const start = lines.slice(0, place).reduce((sum, one) => sum + one.length + 1, 0) + Math.min(Math.max(column, 1) - 1, lines[place].length);
      element.scrollTop = gutter.children[place].offsetTop - element.clientHeight / 3;
      (area ?? element).focus({preventScroll: true});
      area?.setSelectionRange(start, start);
      element.scrollIntoView({block: 'nearest'});
    },
  };
}

/** A list of problems; a click jumps to the line. */
export function problemList(problems, jump) {
  return h('ol', {class: 'problems'}, problems.map(problem => h('li', {class: problem.severity},
      h('button', {type: 'button', disabled: !problem.line, on: {click: () => jump(problem)}},
          problem.line ? `Line ${problem.line}${problem.column ? `:${problem.column}` : ''}` : 'Manifest'),
      h('span', {},
          h('span', {class: 'unseen'}, `${problem.severity}: `),
          problem.path && h('code', {}, problem.path), problem.path && ' ',
          sentence(problem.message), problem.remedy && h('span', {class: 'soft'}, ` ${sentence(problem.remedy)}`)))));
}
