// Listens to the preview for all its pages in a browser, which opens no more than
// six connections to one host, and would keep the seventh page waiting.
"use strict";
const pages = new Set();
let last = null;

// What was told last holds as long as the preview can be heard.
function listen() {
  const events = new EventSource("events");
  events.addEventListener("message", (message) => {
    last = message.data;
    for (const page of pages) page.postMessage(last);
  });
  events.addEventListener("error", () => {
    last = null;
    // Something else answered, and the browser gave up.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}
listen();

addEventListener("connect", ({ ports: [page] }) => {
  pages.add(page);
  page.addEventListener("message", () => pages.delete(page));
  page.start();
  if (last !== null) page.postMessage(last);
});
