"""What a finger needs: how large, which controls are not, which of the diagram take each other's room."""

THUMB = 44
SMALL = """(least) => Array.from(
  document.querySelectorAll('button, select, textarea, summary, .switch, input, nav a'),
).filter((node) => {
  if (node.matches('[type=checkbox], [type=radio], [type=file]')) return false;
  if (!node.checkVisibility() || node.matches('.unit, .head *, .insert, .unseen')) return false;
  const { width, height } = node.getBoundingClientRect();
  return width < least - 0.5 || height < least - 0.5;
}).map((node) => node.outerHTML.slice(0, 200))"""
SHARED = """(least) => {
  const shown = Array.from(document.querySelectorAll('.head :is(button, select), .insert'));
  const reach = shown.filter((node) => node.checkVisibility()).map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const around = getComputedStyle(node, '::before');
    const wide = Math.max(width, parseFloat(around.width) || 0);
    const high = Math.max(height, parseFloat(around.height) || 0);
    return { node, wide, high, x: x + width / 2, y: y + height / 2 };
  });
  const small = reach.filter(({ wide, high }) => wide < least - 0.5 || high < least - 0.5);
  const over = reach.filter((one, index) => reach.slice(index + 1).some((other) =>
    Math.abs(one.x - other.x) < (one.wide + other.wide) / 2 - 0.5 &&
    Math.abs(one.y - other.y) < (one.high + other.high) / 2 - 0.5));
  return [...small, ...over].map(({ node }) => node.outerHTML.slice(0, 200));
}"""
