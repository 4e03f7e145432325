/** Says something to people who listen to the page; the newest replaces what was said before. */
export function announce(text) {
  const place = document.getElementById("announcements");
  if (place.textContent !== text) {
    place.textContent = text;
  }
}
