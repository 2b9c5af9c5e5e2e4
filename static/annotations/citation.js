// Take a statement's citation into the clipboard. Its page holds the words, and stands in where that is refused.

/** Copy the citation that the page at `href` shows; return whether the clipboard took it. */
export async function copyCitation(href) {
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    await navigator.clipboard.writeText(page.getElementById("citation").textContent);
    return true;
  } catch {
    return false;
  }
}
