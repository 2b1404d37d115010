"""What a finger needs: how large, and which controls of a page are not."""

THUMB = 44
SMALL = """(least) => Array.from(
  document.querySelectorAll('button, select, textarea, summary, .switch, input, nav a'),
).filter((node) => {
  if (node.matches('[type=checkbox], [type=radio], [type=file]')) return false;
  if (!node.checkVisibility() || node.matches('.unit, .head *, .insert, .unseen')) return false;
  const { width, height } = node.getBoundingClientRect();
  return width < least - 0.5 || height < least - 0.5;
}).map((node) => node.outerHTML.slice(0, 200))"""
