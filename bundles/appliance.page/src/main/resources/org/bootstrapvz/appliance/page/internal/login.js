/* SPDX-License-Identifier: Apache-2.0 */

import {request} from './api.js';
import {h, setText} from './dom.js';
import {sentence} from './format.js';

/** Asks for a token. The session is kept in a cookie that scripts cannot read. */
export function loginView(main, enter) {
  const token = h('input', {type: 'password', id: 'token', autocomplete: 'current-password', required: true,
    'aria-describedby': 'login-problem', spellcheck: 'false'});
  const problem = h('p', {id: 'login-problem', class: 'problem', role: 'alert'});
  const button = h('button', {class: 'primary'}, 'Log in');
  const submit = async event => {
    event.preventDefault();
    button.disabled = true;
    setText(problem, '');
    try {
      enter(await request('POST', 'api/v1/session', {json: {token: token.value}}));
    } catch (e) {
      setText(problem, sentence(e.message));
      token.setAttribute('aria-invalid', 'true');
      token.select();
    }
    button.disabled = false;
  };
  main.append(h('form', {class: 'login card', on: {submit}},
      h('img', {src: 'page/icon.svg', alt: '', width: 40, height: 40}),
      h('h1', {}, 'bootstrap-vz'),
      h('p', {class: 'soft'}, 'This appliance builds Debian images. Log in with your token.'),
      // Password managers need a user name.
      h('input', {autocomplete: 'username', value: 'bootstrap-vz', class: 'unseen', tabindex: -1, 'aria-hidden': 'true'}),
      h('label', {for: 'token'}, 'Token'), token, problem, button,
      h('p', {class: 'soft small'}, 'Ask the administrator of the appliance for a token.')));
  token.focus();
}
