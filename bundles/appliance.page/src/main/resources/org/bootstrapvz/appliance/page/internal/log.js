/* SPDX-License-Identifier: Apache-2.0 */

import {address, follow, requestText} from './api.js';
import {h, setText} from './dom.js';

const MAX_SHOWN_CHARACTERS = 4_000_000;
const CHARACTERS_PER_REQUEST = 1_000_000;
const MAX_MATCHES = 5000;

/** The log of a build, as it grows. Follows the end until the user scrolls up. */
export function buildLog(id, signal) {
  const text = h('div', {class: 'log', tabindex: 0, role: 'log', 'aria-label': `Log of build ${id}`, 'aria-live': 'off'});
  const search = h('input', {type: 'search', id: 'log-search', placeholder: 'Search', 'aria-label': 'Search in the log', autocomplete: 'off'});
  const hits = h('span', {class: 'soft small', role: 'status', id: 'log-hits'});
  const button = h('button', {type: 'button', id: 'log-follow', 'aria-pressed': 'true'}, 'Following');
  const cut = h('p', {class: 'soft small', hidden: true}, 'Earlier lines are not shown. Save the log to see all of it.');
  const element = h('div', {class: 'log-view'},
      h('div', {class: 'tools'}, search,
          h('button', {type: 'button', title: 'Previous (Shift+Enter)', 'aria-label': 'Previous match', on: {click: () => go(-1)}}, '↑'),
          h('button', {type: 'button', title: 'Next (Enter)', 'aria-label': 'Next match', on: {click: () => go(1)}}, '↓'),
          hits, h('span', {class: 'space'}), button,
          h('button', {type: 'button', id: 'log-save', on: {click: save}}, 'Save')),
      cut, text);

  let next = 0;
  let length = 0;
  let following = true;
  let ranges = [];
  let current = -1;
  let pending;

  follow(() => `${address('builds', id, 'log')}?offset=${next}`, ['log'], signal, (type, data) => {
    if (type === 'log' && data.next > next) {
      next = data.next;
      append(data.text);
    } else if (type === 'end' && length === 0) {
      text.append(h('p', {class: 'soft'}, 'The log is empty.'));
    }
  });

  function append(part) {
    // Split into blocks, so that the browser lays out only the visible ones.
    let block = text.lastElementChild;
    if (!block || block.firstChild.length > 20_000) {
      block = h('pre', {}, '');
      block.append(document.createTextNode(''));
      text.append(block);
    }
    block.firstChild.appendData(part);
    length += part.length;
    while (length > MAX_SHOWN_CHARACTERS && text.children.length > 1) {
      length -= text.firstElementChild.firstChild.length;
      text.firstElementChild.remove();
      cut.hidden = false;
    }
    if (following) {
      text.scrollTop = text.scrollHeight;
    }
    if (search.value) {
      clearTimeout(pending);
      pending = setTimeout(find, 200);
    }
  }

  function setFollowing(yes) {
    if (following !== yes) {
      following = yes;
      button.setAttribute('aria-pressed', yes);
      setText(button, yes ? 'Following' : 'Paused – resume');
    }
    if (yes) {
      text.scrollTop = text.scrollHeight;
    }
  }

  let last = 0;
  let jumped = -1;
  text.addEventListener('scroll', () => {
    if (text.scrollTop === jumped) {
      last = jumped; // Caused by a jump to a match, not by the user.
      return;
    }
    jumped = -1;
    const up = text.scrollTop < last - 1;
    last = text.scrollTop;
    const atEnd = text.scrollHeight - text.clientHeight - text.scrollTop < 4;
    if (atEnd) {
      setFollowing(true);
    } else if (up) {
      setFollowing(false);
    }
  });
  button.addEventListener('click', () => setFollowing(!following));

  // Matches are ranges that the browser highlights; the text itself is not changed.
  function find() {
    ranges = [];
    const wanted = search.value;
    if (wanted && typeof Highlight === 'function') {
      const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
      for (const block of text.children) {
        for (const match of block.textContent.matchAll(pattern)) {
          if (ranges.length === MAX_MATCHES) {
            break;
          }
          const range = new Range();
          range.setStart(block.firstChild, match.index);
          range.setEnd(block.firstChild, match.index + match[0].length);
          ranges.push(range);
        }
      }
      CSS.highlights.set('hits', new Highlight(...ranges));
    }
    current = Math.min(current, ranges.length - 1);
    mark();
  }

  function mark() {
    CSS.highlights?.set('hit', current >= 0 ? new Highlight(ranges[current]) : new Highlight());
    if (!search.value) {
      CSS.highlights?.delete('hits');
    }
    const count = ranges.length === MAX_MATCHES ? `${MAX_MATCHES}+` : ranges.length;
    setText(hits, !search.value ? '' : ranges.length === 0 ? 'no matches' : current < 0 ? `${count} matches` : `${current + 1} of ${count}`);
  }

  function go(direction) {
    if (ranges.length > 0) {
      current = (current + direction + ranges.length) % ranges.length;
      setFollowing(false);
      const at = ranges[current].getBoundingClientRect();
      text.scrollTop += at.top - text.getBoundingClientRect().top - text.clientHeight / 2;
      jumped = text.scrollTop;
      mark();
    }
  }

  /** Downloads the whole log, part by part. */
  async function save() {
    const all = [];
    for (let part = await requestText(`${address('builds', id, 'log')}?limit=${CHARACTERS_PER_REQUEST}`), offset = 0; part;) {
      all.push(part);
      offset += part.length;
      part = await requestText(`${address('builds', id, 'log')}?limit=${CHARACTERS_PER_REQUEST}&offset=${offset}`);
    }
    const url = URL.createObjectURL(new Blob(all, {type: 'text/plain'}));
    h('a', {href: url, download: `build-${id}.log`}).click();
    URL.revokeObjectURL(url);
  }

  search.addEventListener('input', () => {
    current = -1;
    find();
  });
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    }
  });
  signal.addEventListener('abort', () => {
    clearTimeout(pending);
    CSS.highlights?.delete('hits');
    CSS.highlights?.delete('hit');
  });

  return {element, shown: () => following && setFollowing(true)};
}
