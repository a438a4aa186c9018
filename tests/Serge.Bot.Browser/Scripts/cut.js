() => {
  // Nothing may be cut off at the side, unless it ends in an ellipsis or its box can be scrolled.
  const faults = [];
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (element.checkVisibility() && box.width > 1 && box.right > innerWidth + 1 && !element.closest('.scroll, .unseen, .skip')) {
      faults.push(`It reaches beyond the edge by ${Math.round(box.right - innerWidth)}: ${element.outerHTML.slice(0, 80)}`);
    }
    if (style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1 && !element.closest('.unseen')) {
      faults.push(`Its content is cut: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  return faults;
}
