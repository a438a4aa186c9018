() => {
  // WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text. Each text against the first opaque ground behind it.
  const parse = color => color.match(/[\d.]+/g).map(Number);
  const linear = channel => (channel /= 255) <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if ((color[3] ?? 1) === 1) {
        return color;
      }
      if ((color[3] ?? 1) !== 0) {
        throw new Error(`A half-transparent ground: ${one.outerHTML.slice(0, 80)}`);
      }
    }
    return [255, 255, 255];
  };
  const faults = new Set();
  const check = (element, style, what) => {
    const [text, back] = [luminance(parse(style.color)), luminance(ground(element))];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      faults.add(`${ratio.toFixed(2)} to 1, ${style.color} on ${ground(element)}: ${what} in ${element.localName}.${element.className}`);
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility({ visibilityProperty: true }) && !element.closest(':disabled, [aria-hidden=true], .unseen')) {
      texts++;
      check(element, getComputedStyle(element), `"${walker.currentNode.data.trim().slice(0, 30)}"`);
    }
  }
  for (const input of document.querySelectorAll('input:not([type=radio])')) {
    check(input, getComputedStyle(input), 'what is typed');
    check(input, getComputedStyle(input, '::placeholder'), 'the placeholder');
  }
  return texts < 25 ? [`Only ${texts} texts were looked at.`] : [...faults];
}
