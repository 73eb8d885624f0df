// A menu closes on Escape, on a click elsewhere and when focus leaves it.
export function watchMenus(root) {
  const open = () => root.querySelectorAll("details[data-menu][open]");
  const closeUnless = (target) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  };
  root.addEventListener("click", (event) => closeUnless(event.target));
  root.addEventListener("focusin", (event) => closeUnless(event.target));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
