/* SPDX-License-Identifier: Apache-2.0 */
// Formats numbers and times for people.

/** Seconds as `40 ms`, `3.2 s`, `42 s`, `4 min 05 s`, `1 h 12 min`. */
export function duration(seconds) {
  if (seconds < 0.9995) {
    return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  }
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  }
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function pad(number) {
  return String(number).padStart(2, '0');
}

/** The age of a point in time. */
export function age(time) {
  const seconds = (now() - Date.parse(time)) / 1000;
  const steps = [[60, 1, 's'], [3600, 60, 'min'], [86400, 3600, 'h'], [Infinity, 86400, 'd']];
  const [, unit, name] = steps.find(([end]) => seconds < end);
  return `${Math.max(0, Math.floor(seconds / unit))} ${name} ago`;
}

/** Seconds from one time to another, or to now. */
export function seconds(from, to) {
  return ((to ? Date.parse(to) : now()) - Date.parse(from)) / 1000;
}

/** A date and time in full. */
export function clock(time) {
  return new Date(time).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
}

/** Bytes as `512 B`, `1.4 GiB`. */
export function bytes(count) {
  let value = count;
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (value < 1024) {
      return `${unit === 'B' || value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
    }
    value /= 1024;
  }
  return `${value.toFixed(1)} TiB`;
}

/** `1 task`, `2 tasks`. */
export function counted(count, what) {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}

/** Ends a message of the appliance with a full stop. */
export function sentence(text) {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

let skew = 0;

/** Uses the clock of the appliance if that of the browser differs. */
export function setClock(date) {
  const difference = Date.parse(date) - Date.now();
  skew = Math.abs(difference) > 2000 ? difference : 0;
}

function now() {
  return Date.now() + skew;
}
