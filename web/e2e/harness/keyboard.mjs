// What somebody without a mouse does: Tab until the wanted thing has the focus, and see where the focus is.
import assert from 'node:assert/strict';

const wholeRound = 160;

/** Tabs (or goes back with Shift+Tab) until the element has the focus. Fails after a whole round, and where the focus cannot be seen. */
export async function tabTo(page, locator, press = 'Tab') {
  await locator.waitFor();
  for (let presses = 0; presses < wholeRound; presses++) {
    const state = await page.evaluate(seenFocus);
    assert.ok(!state.hidden, `The focus cannot be seen on ${state.what}`);
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(press);
  }
  assert.fail(`The keyboard does not reach ${locator}`);
}

/** Every stop of the Tab key on this page, as words, until the round is over; fails where it does not end. */
export async function roundOf(page) {
  const stops = [];
  await page.evaluate(() => document.activeElement?.blur?.());
  for (let presses = 0; presses < wholeRound; presses++) {
    await page.keyboard.press('Tab');
    const { what, hidden, isBody } = await page.evaluate(seenFocus);
    if (isBody) return stops;
    assert.ok(!hidden, `The focus cannot be seen on ${what}`);
    stops.push(what);
  }
  assert.fail(`The Tab key finds no end: … ${stops.slice(-6).join(', ')}`);
}

/** Runs in the page: what has the focus, and whether a person could see that it has. */
function seenFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { isBody: true, hidden: false, what: 'the page' };
  const name =
    element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
  const what = `${element.tagName.toLowerCase()} “${name.trim().slice(0, 40)}”`;
  // The ring is the element's own, its field's, or that of the drawn part beside a switch's invisible input.
  const around = [
    element,
    element.parentElement,
    element.parentElement?.parentElement,
    element.nextElementSibling,
  ];
  const ringed = around.some((one) => {
    if (!one || one === document.body) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  // The palette is one field and its list: the caret says where one is.
  return { hidden: !ringed && !element.matches('.mantine-Spotlight-search'), what };
}
