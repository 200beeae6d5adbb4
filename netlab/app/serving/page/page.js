// Starts textual-serve's terminal once its font is there: it measures its cells once, with whatever font it finds.
"use strict";

const FONT = '16px "Roboto Mono"';

function start() {
  const script = document.createElement("script");
  script.src = "/static/js/textual.js";
  script.onload = () => window.onload(); // its way of starting; the page's own load event is over
  document.head.append(script);
}

// Keys are for the workbench as soon as it has drawn something; before that the terminal has no socket to say so.
function focusWhenDrawn(changes, observer) {
  if (!document.body.classList.contains("-first-byte")) return;
  observer.disconnect();
  document.querySelector(".xterm-helper-textarea").focus();
}

document.querySelector("#terminal").dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
document.querySelector("#again").addEventListener("click", () => location.reload());
new MutationObserver(focusWhenDrawn).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("load", () => {
  const faces = [FONT, `bold ${FONT}`, `italic ${FONT}`].map((face) => document.fonts.load(face));
  Promise.allSettled(faces).then(start);
});
