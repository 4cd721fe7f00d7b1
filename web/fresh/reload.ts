/**
 * In development: loads the page again when the server that it came from has started again.
 *
 * @module
 */

let isOld = false;
new EventSource("/_fresh/alive").onopen = () => {
  if (isOld) location.reload();
  isOld = true;
};
