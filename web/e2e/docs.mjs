// The API reference: it loads from this server alone, without an error, and its search finds an operation.
import assert from 'node:assert/strict';
import { base, schemes, watch, withBrowser } from './browser.mjs';

for (const colorScheme of schemes) {
  await withBrowser({ colorScheme }, async (context) => {
    const page = await context.newPage();
    const faults = watch(page);
    await page.goto(`${base}/docs`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.keyboard.press('Control+k');
    await page
      .getByRole('dialog')
      .getByRole('textbox')
      .or(page.getByRole('combobox'))
      .first()
      .fill('receipt');
    await page.getByText('/v1/receipts/{event_id}').first().waitFor();
    assert.deepEqual(faults, []);
    console.log(`docs, ${colorScheme}: nothing remote, no error, search works`);
  });
}
