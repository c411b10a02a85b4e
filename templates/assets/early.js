// Runs before anything is drawn: where the address asks for a part of a list, the list is kept back until it has been filtered, so that nothing moves.

/** How long a reader waits at most, in milliseconds: then the whole list is shown. */
const PATIENCE = 6000;

if (location.search.length > 1) {
  const { classList } = document.documentElement;
  classList.add("asked");
  setTimeout(() => classList.remove("asked"), PATIENCE);
}
