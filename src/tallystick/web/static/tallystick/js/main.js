// Comfort only: everything works without this file.
import { watchCopying } from "./copy.js";
import { watchDialogs } from "./dialog.js";
import { watchDrops } from "./drop.js";
import { focusErrors } from "./errors.js";
import { watchMenus } from "./menu.js";

document.documentElement.classList.add("js");
watchCopying(document);
watchDialogs(document);
watchDrops(document);
watchMenus(document);
focusErrors(document);
// What htmx brings in may carry an error summary; the listeners above sit on the document.
document.addEventListener("htmx:load", (event) => focusErrors(event.target));
